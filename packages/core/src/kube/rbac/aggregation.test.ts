import { describe, expect, test } from 'vitest'
import { aggregatedRole, allow, clusterRole } from '../../samples/rbac.ts'
import { gatherRules } from './aggregation.ts'
import { readRole } from './kinds.ts'

const labelled = (name: string, label: string, ...rules: ReturnType<typeof allow>[]) =>
  readRole(clusterRole(rules, { name, labels: { [label]: 'true' } }))
const gathering = (name: string, label: string) => readRole(aggregatedRole(name, label))
/** The names of the roles that rules come from, with the places there. */
const origins = (roles: readonly ReturnType<typeof readRole>[], name: string) =>
  gatherRules(roles)
    .get(roles.find(role => role.metadata.name === name) as (typeof roles)[number])
    ?.map(({ from, index }) => `${from.metadata.name}[${index}]`)

describe('an aggregated role', () => {
  test('gathers the rules of the roles that it selects, by name', () => {
    const roles = [
      labelled('z', 'to-all', allow('get', 'pods'), allow('get', 'services')),
      gathering('all', 'to-all'),
      labelled('a', 'to-all', allow('get', 'nodes')),
      labelled('other', 'to-none', allow('get', 'secrets')),
    ]
    expect(origins(roles, 'all')).toEqual(['a[0]', 'z[0]', 'z[1]'])
  })

  test('has each rule once, whatever selects it and whoever has it', () => {
    const own = readRole({
      ...aggregatedRole('all', 'x'),
      aggregationRule: {
        clusterRoleSelectors: [
          { matchLabels: { 'to-all': 'true' } },
          { matchExpressions: [{ key: 'to-all', operator: 'Exists' }] },
        ],
      },
    })
    const roles = [
      own,
      labelled('a', 'to-all', allow('get', 'pods')),
      labelled('b', 'to-all', allow('get', 'pods')),
    ]
    expect(origins(roles, 'all')).toEqual(['a[0]'])
  })

  test('gathers from those that gather, and not from itself', () => {
    const middle = {
      ...gathering('middle', 'to-middle'),
      metadata: { name: 'middle', labels: { 'to-all': 'true' } },
    }
    const all = { ...gathering('all', 'to-all'), metadata: { name: 'all', labels: { 'to-all': 'true' } } }
    const roles = [all, middle, labelled('leaf', 'to-middle', allow('get', 'pods'))]
    expect(origins(roles, 'middle')).toEqual(['leaf[0]'])
    expect(origins(roles, 'all')).toEqual(['leaf[0]'])
  })

  test('in a circle comes to an end', () => {
    const circle = (name: string, from: string) => ({
      ...gathering(name, from),
      metadata: { name, labels: { [`to-${name}`]: 'true' } },
    })
    const roles = [circle('a', 'to-b'), circle('b', 'to-a'), labelled('leaf', 'to-a', allow('get', 'pods'))]
    expect(origins(roles, 'a')).toEqual(['leaf[0]'])
    expect(origins(roles, 'b')).toEqual(['leaf[0]'])
  })

  test('at the end of a long chain has what came in at its beginning', () => {
    const length = 2_000
    const chain = Array.from({ length }, (_, i) => ({
      ...gathering(`link-${i}`, `to-${i}`),
      metadata: { name: `link-${i}`, labels: { [`to-${i + 1}`]: 'true' } },
    }))
    const roles = [...chain.toReversed(), labelled('leaf', 'to-0', allow('get', 'pods'))]
    expect(origins(roles, `link-${length - 1}`)).toEqual(['leaf[0]'])
  })

  test('selects every role where a selector asks nothing', () => {
    const own = readRole({
      ...aggregatedRole('all', 'x'),
      aggregationRule: { clusterRoleSelectors: [{}] },
    })
    expect(origins([own, labelled('a', 'any', allow('get', 'pods'))], 'all')).toEqual(['a[0]'])
  })

  test('keeps what is written in it where the server refuses its selector', () => {
    const own = readRole({
      ...aggregatedRole('all', 'x', [allow('get', 'nodes')]),
      aggregationRule: {
        clusterRoleSelectors: [{ matchExpressions: [{ key: 'a', operator: 'Like', values: ['b'] }] }],
      },
    })
    expect(origins([own, labelled('a', 'a', allow('get', 'pods'))], 'all')).toEqual(['all[0]'])
  })

  test('of what is written in it nothing is left, once the controller has run', () => {
    const roles = [readRole(aggregatedRole('all', 'to-all', [allow('*', '*')]))]
    expect(origins(roles, 'all')).toEqual([])
  })

  test('others are none', () => {
    expect(gatherRules([labelled('a', 'x', allow('get', 'pods'))]).size).toBe(0)
  })
})
