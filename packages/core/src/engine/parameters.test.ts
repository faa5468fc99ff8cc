import { describe, expect, it } from 'vitest'
import type { ParameterDeclaration } from '../model/rule.ts'
import { parameterFault, resolveParameters } from './parameters.ts'
import { ruleThat } from './testing/assessing.ts'

const description = 'A parameter.'
const declarations: Readonly<Record<string, ParameterDeclaration>> = {
  mode: { type: 'string', default: 'any', oneOf: ['any', 'all'], description },
  limit: { type: 'number', default: 3, description },
  strict: { type: 'boolean', default: false, description },
  allowed: { type: 'string[]', default: ['a'], description },
  version: { type: 'kubernetes-version', default: 'cluster', description },
}
const rule = ruleThat('r', () => [], { parameters: declarations })
const cluster = { major: 1, minor: 34 } as const

describe('resolveParameters', () => {
  it('gives the defaults, with the version of the cluster', () => {
    expect(resolveParameters(rule, cluster)).toEqual({
      mode: 'any',
      limit: 3,
      strict: false,
      allowed: ['a'],
      version: { major: 1, minor: 34 },
    })
  })

  it('lets later settings win', () => {
    expect(
      resolveParameters(rule, cluster, { limit: 4, strict: true }, undefined, { limit: 5 }),
    ).toMatchObject({
      limit: 5,
      strict: true,
    })
  })

  it('reads versions, and takes cluster for the cluster’s own', () => {
    const versionOf = (version: string) => resolveParameters(rule, cluster, { version }).version
    expect(versionOf('v1.29')).toEqual({ major: 1, minor: 29 })
    expect(versionOf('cluster')).toEqual(cluster)
  })

  it('throws on what the rule does not declare and on what does not fit', () => {
    expect(() => resolveParameters(rule, cluster, { limits: 4 })).toThrow('rule r has no parameter limits')
    expect(() => resolveParameters(rule, cluster, { limit: '4' })).toThrow(
      'parameter limit of rule r must be a number',
    )
    expect(() => resolveParameters(rule, cluster, { toString: 4 })).toThrow('no parameter toString')
  })

  it('gives a rule without parameters none', () => {
    expect(
      resolveParameters(
        ruleThat('none', () => []),
        cluster,
      ),
    ).toEqual({})
  })
})

it.each([
  ['mode', 'all', undefined],
  ['mode', 'some', 'must be one of any, all'],
  ['mode', 1, 'must be a text'],
  ['limit', 0, undefined],
  ['limit', Number.NaN, 'must be a number'],
  ['limit', '3', 'must be a number'],
  ['strict', true, undefined],
  ['strict', 'true', 'must be true or false'],
  ['allowed', [], undefined],
  ['allowed', ['a', 1], 'must be a list of texts'],
  ['allowed', 'a', 'must be a list of texts'],
  ['version', '1.30', undefined],
  ['version', 'cluster', undefined],
  ['version', 1.3, 'must be a Kubernetes version in quotes, such as "1.34", or cluster'],
  ['version', 'latest', 'must be a Kubernetes version in quotes, such as "1.34", or cluster'],
])('%s: %j', (name, value, fault) => {
  expect(parameterFault(declarations[name] as ParameterDeclaration, value)).toBe(fault)
})
