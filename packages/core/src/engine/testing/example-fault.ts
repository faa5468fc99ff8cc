// Example fault: says in which example, if in any, a rule does not do what its examples say that it does.

import { isDeepStrictEqual } from 'node:util'
import jsonPatch from 'fast-json-patch'
import { valueAt } from '../../kube/path.ts'
import type { Operation } from '../../model/json-patch.ts'
import type { Outcome } from '../../model/outcome.ts'
import type { Result } from '../../model/result.ts'
import type { Example, Rule } from '../../model/rule.ts'
import { judgeRule } from '../judge-rule.ts'
import { filesWith, run } from './assessing.ts'

export type Examples = Rule['examples']

/** The groups of examples whose subjects have one result each, and its outcome. */
const outcomes = {
  pass: 'pass',
  notApplicable: 'not-applicable',
  notEvaluated: 'not-evaluated',
} as const satisfies Partial<Record<keyof Examples, Outcome>>

/**
 * The first example by which the rule does not hold, and how; undefined where it holds by all of them. The examples are given beside
 * the rule, since a changed rule is held to those of the sound one. `onExample` is told before each, and may throw to end it.
 */
export function findExampleFault(
  rule: Rule,
  examples: Examples,
  onExample: () => void = () => undefined,
): string | undefined {
  for (const [group, holds] of Object.entries(tests))
    for (const [name, example] of Object.entries(examples[group as keyof Examples] ?? {})) {
      onExample()
      const fault = holds(resultsOf(rule, example), example, rule)
      if (fault !== undefined) return `${group}: ${name}: ${fault}`
    }
  return 'fix' in rule ? findFixFault(rule, examples, onExample) : undefined
}

type Test = (results: readonly Result[], example: Example, rule: Rule) => string | undefined

const tests: Readonly<Record<keyof Examples, Test>> = {
  fail: findFailureFault,
  pass: results => findOutcomeFault(results, outcomes.pass),
  notApplicable: results => findOutcomeFault(results, outcomes.notApplicable),
  notEvaluated: results => findOutcomeFault(results, outcomes.notEvaluated),
  unconcerned: results => (results.length === 0 ? undefined : 'it has a result'),
}

function findOutcomeFault(results: readonly Result[], wanted: Outcome): string | undefined {
  const [only, ...others] = results
  if (only?.outcome !== wanted || others.length > 0) return `the outcome is ${only?.outcome}`
  const isReasoned = (only.reason ?? '') !== ''
  return isReasoned === (wanted !== 'pass') ? undefined : `the reason is ${only.reason}`
}

function findFailureFault(
  results: readonly Result[],
  { given, at }: Example,
  rule: Rule,
): string | undefined {
  const other = results.find(({ outcome, reason }) => outcome !== 'fail' || reason !== undefined)
  if (other) return `the outcome is ${other.outcome}`
  const evidence = results.flatMap(result => result.evidence)
  if (evidence.length === 0) return 'nothing is found'
  const paths = evidence.map(({ path }) => path).sort()
  if (at && !isDeepStrictEqual(paths, [...at].sort())) return `what is found is at ${paths.join(', ')}`
  for (const { path, actual, expected } of evidence) {
    const there = valueAt(given, path)
    if (rule.redacts ? !isRedacted(there, actual) : !isDeepStrictEqual(there, actual))
      return `${path} is not what was found there`
    if (expected === '') return `nothing is said of ${path}`
  }
  return undefined
}

const isRedacted = (there: unknown, actual: unknown) =>
  typeof there === 'string' && typeof actual === 'string' && !actual.includes(there)

/** Each finding of each failing example must be gone when its fix is applied, save where the example says that there is none. */
function findFixFault(rule: Rule, { fail }: Examples, onExample: () => void): string | undefined {
  for (const [name, example] of Object.entries(fail)) {
    onExample()
    let unmended = 0
    let document = example.given
    for (const { discriminator } of resultsOf(rule, example)) {
      const operations = operationsFor(rule, { ...example, given: document }, discriminator)
      if (!operations) unmended++
      if (!operations || operations.length === 0) continue
      document = jsonPatch.applyPatch(copied(document), copied(operations) as Operation[]).newDocument
      const after = resultsOf(rule, { ...example, given: document })
      if (after.some(result => result.outcome === 'fail' && result.discriminator === discriminator))
        return `fail: ${name}: its fix does not mend it`
    }
    if (unmended > 0 !== (example.mended === false)) return `fail: ${name}: ${unmended} findings have no fix`
    for (const [path, value] of Object.entries(example.mended || {}))
      if (!isDeepStrictEqual(valueAt(document, path), value))
        return `fail: ${name}: its fix makes something else of ${path}`
  }
  return undefined
}

/** What mends the finding; undefined where the rule does not know it, none where an earlier fix has mended it. */
function operationsFor(
  rule: Rule,
  { given, with: others = [], parameters }: Example,
  finding: string | undefined,
): readonly Operation[] | undefined {
  const { assessment, results } = run({
    snapshot: filesWith([given, ...others]),
    rules: [rule],
    asked: [rule.id],
    ...(parameters && { profile: { name: 'example', rules: { [rule.id]: { parameters } }, controls: {} } }),
  })
  const key = assessment.resources[0]?.key
  const found = results.find(
    ({ outcome, resource, discriminator }) =>
      outcome === 'fail' && resource === key && discriminator === finding,
  )
  return found ? assessment.fixOf(found) : []
}

function resultsOf(rule: Rule, { given, with: others, parameters, occasion }: Example): Result[] {
  return judgeRule(rule, copied(given), {
    ...(others && { with: others }),
    ...(occasion && { occasion }),
    ...(parameters && { parameters }),
  })
}

const copied = <T>(value: T): T => jsonPatch.deepClone(value) as T
