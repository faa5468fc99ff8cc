// A rule that names the fields of its faults is not shown pods without them; here each is shown such pods, and must find nothing.

import { describe, expect, test } from 'vitest'
import { judgeRule } from '../engine/judge-rule.ts'
import { makesPods } from '../kube/pod-template.ts'
import type { Resource } from '../model/resource.ts'
import type { Example, Rule } from '../model/rule.ts'
import { rules } from './index.ts'

const examplesOf = ({ examples }: Rule): Example[] =>
  Object.values(examples).flatMap(group => Object.values(group ?? {}))

const pods = rules
  .flatMap(examplesOf)
  .flatMap(({ given, with: others = [] }) => [given, ...others])
  .filter(makesPods)

/** A copy without these fields, wherever they stand. */
function without(value: unknown, fields: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map(item => without(item, fields))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, own]) => (fields.has(name) ? [] : [[name, without(own, fields)]])),
  )
}

const naming = rules.filter(({ faultFields }) => faultFields !== undefined)

test('some rules do', () => {
  expect(naming.length).toBeGreaterThan(20)
})

describe.each(naming.map(rule => [rule.id, rule] as const))('%s', (_, rule) => {
  const { faultFields, ...shown } = rule
  const settings = [{}, ...examplesOf(rule).map(({ parameters }) => parameters ?? {})].filter(
    (own, index, all) => all.findIndex(other => JSON.stringify(other) === JSON.stringify(own)) === index,
  )

  test('needs nothing but the pod to judge it', () => {
    expect([rule.subject, rule.reads, rule.unseen, rule.dated]).toEqual([
      'PodTemplate',
      undefined,
      undefined,
      undefined,
    ])
  })

  test('finds nothing in pods without these fields, with whatever parameters', () => {
    const fields = new Set<string>(faultFields)
    const bare = pods.map(pod => without(pod, fields) as Resource)
    const found = settings.flatMap(parameters =>
      bare.flatMap(pod => judgeRule(shown, pod, { parameters }).filter(({ outcome }) => outcome === 'fail')),
    )
    expect(found).toEqual([])
  })

  test('says the same of every pod, whether it names them or not', () => {
    for (const pod of pods)
      expect(judgeRule(rule, structuredClone(pod))).toEqual(judgeRule(shown, structuredClone(pod)))
  })
})
