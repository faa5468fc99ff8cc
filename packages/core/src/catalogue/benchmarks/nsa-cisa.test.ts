// The edition of the NSA/CISA guidance holds its 27 recommendations, each bound to rules that are there or honestly undecided.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { resolveParameters } from '../../engine/parameters.ts'
import { newestKnownMinor } from '../../model/kubernetes-version.ts'
import type { Rule } from '../../model/rule.ts'
import { editions } from './nsa-cisa.ts'

const folder = resolve(import.meta.dirname, '../rules')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file =>
  /(?<!\.test)\.ts$/.test(file),
)
const modules = await Promise.all(
  files.map(file => import(join(folder, file)) as Promise<{ readonly rule?: Rule }>),
)
const rules = new Map(modules.flatMap(({ rule }) => (rule ? [[rule.id, rule] as const] : [])))
const [edition] = editions
if (!edition) throw new Error('there is no edition')

test('it has 27 recommendations, in sections that it names', () => {
  const ids = edition.controls.map(({ id }) => id)
  expect(new Set(ids).size).toBe(27)
  expect(ids).toHaveLength(27)
  const sections = new Set(edition.sections.map(({ id }) => id))
  for (const { section } of edition.controls) expect(sections.has(section), section).toBe(true)
})

test('each is bound to rules that are there, or says why none decides it', () => {
  for (const control of edition.controls) {
    expect(control.rules.length > 0, control.id).toBe(control.undecided === undefined)
    for (const { rule, parameters } of control.rules) {
      const bound = rules.get(rule)
      expect(bound?.id, `the rule of ${control.id}`).toBe(rule)
      if (bound) resolveParameters(bound, { major: 1, minor: newestKnownMinor }, parameters)
    }
  }
})

test('each asks for what the guidance says there, not for what some tools took it for', () => {
  const ruleOf = Object.fromEntries(
    edition.controls.map(control => [control.id, control.rules.map(({ rule }) => rule)]),
  )
  expect(ruleOf['1.4']).toEqual(['host-pid'])
  expect(ruleOf['1.5']).toEqual(['host-network'])
  expect(ruleOf['1.8']).toEqual(['selinux-options'])
  expect(ruleOf['1.9']).toEqual(['apparmor-profile'])
})

const reference =
  process.env.PLIMSOLL_REFERENCE ?? resolve(import.meta.dirname, '../../../../../../shared/reference')
const file = join(reference, 'benchmarks.json')
if (!existsSync(file)) {
  test.skip(`the lists of controls are not at ${file} (set PLIMSOLL_REFERENCE)`, () => {})
} else {
  test('ids, sections and labels are those of the published list', () => {
    const { benchmarks } = JSON.parse(readFileSync(file, 'utf8')) as {
      benchmarks: { id: string; controls: { id: string; section: string; automated: boolean }[] }[]
    }
    const published = benchmarks.find(({ id }) => id === 'nsa-cisa-1.0')
    expect(edition.controls.map(({ id, section, automated }) => ({ id, section, automated }))).toEqual(
      published?.controls.map(({ id, section, automated }) => ({ id, section, automated })),
    )
  })
}
