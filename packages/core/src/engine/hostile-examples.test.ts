// Hostile examples: the examples of every rule with one value after the other broken, in the object judged and in those looked up.
//
// Examples lead each rule to all that it reads, so what a rule reads past the shapes shows here: as an error, or as a verdict that the
// sound example does not have.

import { expect, test } from 'vitest'
import { rules } from '../catalogue/index.ts'
import { isBuiltInGroup } from '../kube/asset-key.ts'
import { formatPath } from '../kube/path.ts'
import { groupOf } from '../kube/pod-template.ts'
import { kindShapes } from '../kube/shapes.ts'
import type { Resource } from '../model/resource.ts'
import type { Example, Rule } from '../model/rule.ts'
import { judgeRule } from './judge-rule.ts'
import {
  absent,
  copied,
  kindOf,
  type Node,
  nodesOf,
  oddValues,
  replaced,
  zeroLike,
} from './testing/wrong-values.ts'

function examplesOf({ examples }: Rule): [string, Example][] {
  const { pass, fail, notApplicable = {}, notEvaluated = {}, unconcerned = {} } = examples
  return Object.entries({ ...pass, ...fail, ...notApplicable, ...notEvaluated, ...unconcerned })
}

/** What a rule comes to: an outcome for each discriminator. */
const verdictsOf = (
  rule: Rule,
  { given, with: others = [], parameters = {}, occasion = {} }: Example,
): string[] =>
  judgeRule(rule, copied(given), { with: others.map(copied), parameters, occasion }).map(
    ({ outcome, discriminator, reason }) =>
      outcome === 'error' ? `error ${reason}` : `${outcome} ${discriminator ?? ''}`,
  )

/** What the reader of objects makes sure of. */
const isSure = ({ path: [first, ...rest] }: Node) =>
  rest.length === 0 && /^(apiVersion|kind|metadata)$/.test(String(first))

/** Ports, quantities and expressions of Prometheus may be numbers and texts alike. */
const isEither = ({ path }: Node) =>
  /^(port|targetPort|servicePort|sizeLimit|expr)$/.test(String(path.at(-1))) ||
  /^(limits|requests|default|defaultRequest|max|min)$/.test(String(path.at(-2)))

function isSameType(node: Node, value: unknown): boolean {
  const types = [kindOf(node.value), kindOf(value)]
  if (types[0] === types[1]) return true
  return isEither(node) && types.every(type => ['string', 'integer', 'fraction'].includes(type))
}

/** Of the kinds of other projects only those that have a shape are held to their types: who else may tell what theirs allow. */
const isTyped = ({ apiVersion, kind }: Resource) =>
  isBuiltInGroup(groupOf(apiVersion)) || kindShapes.has(`${kind}.${groupOf(apiVersion)}`)

/** No error ever; a wrong type leaves things as they were or not evaluated, and at the least makes no pass. */
function isLawful(
  verdicts: readonly string[],
  sound: readonly string[],
  isSame: boolean,
  isChecked: boolean,
) {
  if (verdicts.some(verdict => verdict.startsWith('error'))) return false
  if (isSame || verdicts.every(verdict => verdict.startsWith('not-evaluated'))) return true
  if (!isChecked) return !verdicts.some(verdict => verdict.startsWith('pass') && !sound.includes(verdict))
  return verdicts.join() === sound.join()
}

function tryExample(rule: Rule, name: string, example: Example): void {
  const sound = verdictsOf(rule, example)
  const resources = [example.given, ...(example.with ?? [])]
  // Each node is tried with two values, others for each node; the same in each run.
  let turn = rule.id.length + name.length
  resources.forEach((resource, index) => {
    const judge = (node: Node, by: unknown) => {
      const changed = resources.map((one, i) => (i === index ? replaced(one, node.path, by) : one))
      const [given, ...others] = changed as [Resource, ...Resource[]]
      return verdictsOf(rule, { ...example, given, with: others })
    }
    for (const node of nodesOf(resource)) {
      if (isSure(node) || node.value === null) continue
      const path = formatPath(node.path)
      for (const value of [oddValues[turn++ % oddValues.length], oddValues[turn++ % oddValues.length]]) {
        const verdicts = judge(node, value)
        const isRight = isLawful(verdicts, sound, isSameType(node, value), isTyped(resource))
        if (!isRight) expect({ name, path, value, verdicts, sound }).toBe('lawful')
      }
      if (!isTyped(resource)) continue
      const likeNull = [absent, zeroLike(node.value)].map(by => judge(node, by))
      expect(likeNull, `${name}: null at ${path}`).toContainEqual(judge(node, null))
    }
  })
}

test.each(rules.map(rule => [rule.id, rule] as const))('%s', { timeout: 60_000 }, (_, rule) => {
  expect.hasAssertions()
  for (const [name, example] of examplesOf(rule)) tryExample(rule, name, example)
})
