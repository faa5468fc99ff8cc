import { describe, expect, test } from 'vitest'
import { allow } from '../../samples/rbac.ts'
import { isCovered } from './coverage.ts'
import type { PolicyRule } from './kinds.ts'

const urls = (...nonResourceURLs: string[]): PolicyRule => ({ verbs: ['get'], nonResourceURLs })

const cases: readonly (readonly [string, PolicyRule, readonly PolicyRule[], boolean])[] = [
  ['the same rule', allow('get', 'pods'), [allow('get', 'pods')], true],
  ['a verb more', allow(['get', 'list'], 'pods'), [allow('get', 'pods')], false],
  [
    'parts of several rules',
    allow(['get', 'list'], ['pods', 'services']),
    [allow('get', ['pods', 'services']), allow('list', 'pods'), allow('list', 'services')],
    true,
  ],
  [
    'parts that leave a gap',
    allow(['get', 'list'], ['pods', 'services']),
    [allow('get', ['pods', 'services']), allow('list', 'pods')],
    false,
  ],
  ['less than everything', allow('*', '*', '*'), [allow('*', '*', ['', 'apps'])], false],
  ['everything', allow(['get', '*'], ['pods', '*/scale', '*'], ['apps', '*']), [allow('*', '*', '*')], true],
  ['one name of all', allow('get', 'pods', '', 'web'), [allow('get', 'pods')], true],
  ['all names of one', allow('get', 'pods'), [allow('get', 'pods', '', 'web')], false],
  [
    'names of two rules',
    allow('get', 'pods', '', ['a', 'b']),
    [allow('get', 'pods', '', 'a'), allow('get', 'pods', '', 'b')],
    true,
  ],
  ['a subresource of one resource', allow('get', 'pods/log'), [allow('get', '*/log')], true],
  ['a subresource of all', allow('get', '*/log'), [allow('get', 'pods/log')], false],
  ['URLs', urls('/a', '/b/c'), [urls('/a'), urls('/b/*')], true],
  ['a URL more', urls('/a', '/c'), [urls('/a')], false],
  ['URLs, by a rule for resources', urls('/a'), [allow('*', '*', '*')], false],
  ['nothing', {}, [], true],
  ['something, by nothing', allow('get', 'pods'), [], false],
]

describe('rules cover', () => {
  test.each(cases)('%s', (_, rule, by, covered) => {
    expect(isCovered(rule, by)).toBe(covered)
  })
})
