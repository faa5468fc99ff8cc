// Every rule is held to its own examples, to its paths, and to its fix; and its files and ids to the house's conventions.

import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { applyPatch, deepClone, type Operation as PatchOperation } from 'fast-json-patch'
import { describe, expect, test } from 'vitest'
import { assess } from '../engine/assess.ts'
import { judgeRule } from '../engine/judge-rule.ts'
import { declaredParameters, parameterFault } from '../engine/parameters.ts'
import { valueAt } from '../kube/path.ts'
import type { Profile } from '../model/profile.ts'
import type { Resource } from '../model/resource.ts'
import type { Result } from '../model/result.ts'
import type { Example, Rule } from '../model/rule.ts'
import { rules } from './index.ts'

const folder = join(import.meta.dirname, 'rules')
const files = (readdirSync(folder, { recursive: true }) as string[]).filter(
  file =>
    file.endsWith('.ts') &&
    !file.endsWith('.test.ts') &&
    /^export const rule\b/m.test(readFileSync(join(folder, file), 'utf8')),
)

describe('the catalogue', () => {
  test('holds each rule file once, named by its id', () => {
    expect(files.map(file => basename(file, '.ts')).sort()).toEqual(rules.map(({ id }) => id).sort())
  })

  test('gives no id or alias twice', () => {
    const ids = rules.flatMap(rule => [rule.id, ...(rule.aliases ?? [])])
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })
})

describe.each(rules.map(rule => [rule.id, rule] as const))('%s', (_, rule) => {
  const failing = Object.entries(rule.examples.fail)

  test('is written as the house writes rules', () => {
    expect(rule.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(rule.title).toMatch(/^[A-Z].*[^.!?]$/)
    expect(rule.rationale).toMatch(/\.$/)
    expect(rule.remediation).toMatch(/\.$/)
    for (const reference of rule.references ?? []) expect(reference).toMatch(/^https:\/\//)
    expect(failing.length).toBeGreaterThan(0)
    expect(Object.keys(rule.examples.pass).length).toBeGreaterThan(0)
  })

  test('declares its parameters, with defaults that fit', () => {
    const declared = declaredParameters(rule)
    for (const [name, declaration] of Object.entries(declared)) {
      expect(parameterFault(declaration, declaration.default), name).toBeUndefined()
      expect(declaration.description, name).toMatch(/\.$/)
    }
    for (const [name, example] of allExamples(rule))
      for (const [parameter, value] of Object.entries(example.parameters ?? {})) {
        const declaration = declared[parameter]
        expect(declaration, `${name}: ${parameter}`).toBeDefined()
        if (declaration) expect(parameterFault(declaration, value), `${name}: ${parameter}`).toBeUndefined()
      }
  })

  test.each(failing)('fails: %s', (_name, example) => {
    const results = resultsOf(rule, example)
    expect(results.map(({ outcome, reason }) => [outcome, reason])).toEqual(
      results.map(() => ['fail', undefined]),
    )
    const evidence = results.flatMap(result => result.evidence)
    if (example.at) expect(evidence.map(({ path }) => path).sort()).toEqual([...example.at].sort())
    expect(evidence.length).toBeGreaterThan(0)
    for (const { path, actual, expected } of evidence) {
      const there = valueAt(example.given, path)
      if (rule.redacts) {
        expect(there, path).toBeTypeOf('string')
        expect(actual, path).not.toContain(there)
      } else expect(there, path).toEqual(actual)
      expect(expected).not.toBe('')
    }
  })

  test.each(Object.entries(rule.examples.pass))('passes: %s', (_name, example) => {
    expect(
      resultsOf(rule, example).map(({ outcome, reason, evidence }) => ({ outcome, reason, evidence })),
    ).toEqual([{ outcome: 'pass', reason: undefined, evidence: [] }])
  })

  test.each(Object.entries(rule.examples.notApplicable ?? {}))('does not apply: %s', (_name, example) => {
    expect(resultsOf(rule, example)).toMatchObject([
      { outcome: 'not-applicable', reason: expect.stringMatching(/./) },
    ])
  })

  test.each(Object.entries(rule.examples.notEvaluated ?? {}))('cannot say: %s', (_name, example) => {
    expect(resultsOf(rule, example)).toMatchObject([
      { outcome: 'not-evaluated', reason: expect.stringMatching(/./) },
    ])
  })

  test.each(Object.entries(rule.examples.unconcerned ?? {}))('does not speak of: %s', (_name, example) => {
    expect(resultsOf(rule, example)).toEqual([])
  })

  test.runIf('fix' in rule)('its fix mends a failing example, and no other rule fails because of it', () => {
    let mended = 0
    for (const [name, example] of failing) {
      let unmended = 0
      const before = assessed(rule, example, example.given)
      const own = before.failures.filter(result => result.rule === rule.id)
      let document: Resource = deepClone(example.given)
      for (const result of own) {
        const fixed = assessed(rule, example, document)
        const same = fixed.failures.find(
          other => other.rule === rule.id && other.discriminator === result.discriminator,
        )
        if (!same) continue
        const operations = fixed.fixOf(same)
        if (!operations) {
          unmended++
          continue
        }
        mended++
        document = applyPatch(document, deepClone(operations) as PatchOperation[], true).newDocument
        const after = assessed(rule, example, document)
        expect(after.keys, `${name}: it still fails`).not.toContain(keyOf(same))
        // A rule that did not speak of the resource before may find in it what it finds in others like it.
        const fresh = after.failures.filter(
          other => !before.keys.includes(keyOf(other)) && before.spoke.has(other.rule),
        )
        expect(fresh.map(keyOf), `${name}: newly fails`).toEqual([])
      }
      expect(unmended > 0, `${name}: it has no fix for all of it`).toBe(example.mended === false)
      for (const [path, value] of Object.entries(example.mended || {}))
        expect(valueAt(document, path), `${name}: ${path}`).toEqual(value)
    }
    expect(mended).toBeGreaterThan(0)
  })
})

function allExamples(rule: Rule): (readonly [string, Example])[] {
  const { fail, pass, notApplicable = {}, notEvaluated = {}, unconcerned = {} } = rule.examples
  return [fail, pass, notApplicable, notEvaluated, unconcerned].flatMap(group =>
    Object.entries<Example>(group),
  )
}

function resultsOf(rule: Rule, { given, with: others, parameters, occasion }: Example): Result[] {
  return judgeRule(rule, deepClone(given), {
    ...(others && { with: others }),
    ...(parameters && { parameters }),
    ...(occasion && { occasion }),
  })
}

const keyOf = ({ rule, outcome, discriminator }: Result) => `${rule} ${outcome} ${discriminator ?? ''}`

/** The rule and all rules that are on by default, on one document as the example has it. */
function assessed(rule: Rule, example: Example, document: Resource) {
  const profile: Profile = {
    name: 'example',
    rules: example.parameters ? { [rule.id]: { parameters: example.parameters } } : {},
    controls: {},
  }
  const resources = [document, ...(example.with ?? [])].map((resource, index) => ({
    resource: deepClone(resource) as Resource,
    source: { file: 'example.yaml', document: index },
  }))
  const assessment = assess({
    snapshot: {
      scope: { type: 'files', id: 'files', name: 'example' },
      collector: { name: 'test', version: '1' },
      takenAt: '2026-01-01T00:00:00Z',
      resources,
      gaps: [],
    },
    rules,
    asked: rules.filter(other => other === rule || other.defaultEnabled !== false).map(({ id }) => id),
    editions: [],
    profile,
    now: '2026-01-01T00:00:00Z',
    tool: { name: 'test', version: '1' },
  })
  const key = assessment.resources[0]?.key
  const own = [...assessment.results()].filter(({ resource }) => resource === key)
  const failures = own.filter(({ outcome }) => outcome === 'fail' || outcome === 'error')
  const spoke = new Set(own.map(result => result.rule))
  return { failures, spoke, keys: failures.map(keyOf), fixOf: (result: Result) => assessment.fixOf(result) }
}
