import { describe, expect, test } from 'vitest'
import { allow } from '../../samples/rbac.ts'
import type { Action } from './action.ts'
import type { PolicyRule } from './kinds.ts'
import { ruleAllows } from './policy-rule.ts'

const get = (resource: string, own: Partial<Action> = {}): Action => {
  const [plain = '', subresource] = resource.split('/')
  return { verb: 'get', group: '', resource: plain, ...(subresource && { subresource }), ...own }
}
const urls = (...nonResourceURLs: string[]): PolicyRule => ({ verbs: ['get'], nonResourceURLs })

const cases: readonly (readonly [string, PolicyRule, Action, boolean])[] = [
  ['the words of the rule', allow('get', 'pods'), get('pods'), true],
  ['another verb', allow('list', 'pods'), get('pods'), false],
  ['a verb in other letters', allow('Get', 'pods'), get('pods'), false],
  ['every verb', allow('*', 'pods'), get('pods'), true],
  ['another group', allow('get', 'pods', 'apps'), get('pods'), false],
  ['every group', allow('get', 'pods', '*'), get('pods', { group: 'apps' }), true],
  ['a rule without groups', { verbs: ['get'], resources: ['pods'] }, get('pods'), false],
  ['a rule without verbs', { apiGroups: [''], resources: ['pods'] }, get('pods'), false],
  ['every resource', allow('get', '*'), get('secrets'), true],
  ['every resource, and a subresource', allow('get', '*'), get('pods/exec'), true],
  ['a resource, and its subresource', allow('get', 'pods'), get('pods/exec'), false],
  ['a subresource', allow('get', 'pods/exec'), get('pods/exec'), true],
  ['a subresource, and its resource', allow('get', 'pods/exec'), get('pods'), false],
  ['a subresource of every resource', allow('get', '*/exec'), get('pods/exec'), true],
  ['a subresource that ends alike', allow('get', '*/xexec'), get('pods/exec'), false],
  ['a subresource of every resource, and a resource', allow('get', '*/exec'), get('exec'), false],
  ['a star for all subresources, which is none', allow('get', 'pods/*'), get('pods/exec'), false],
  ['two stars, which are a name', allow('get', '*/*'), get('pods/exec'), false],
  ['a name', allow('get', 'pods', '', 'web'), get('pods', { name: 'web' }), true],
  ['another name', allow('get', 'pods', '', 'web'), get('pods', { name: 'api' }), false],
  ['no name, where one is asked', allow('get', 'pods', '', 'web'), get('pods'), false],
  ['an empty name, which is none', allow('get', 'pods', '', ''), get('pods'), true],
  ['a star for a name, which is a name', allow('get', 'pods', '', '*'), get('pods', { name: 'web' }), false],
  ['a list of no names', { ...allow('get', 'pods'), resourceNames: [] }, get('pods', { name: 'web' }), true],
  ['a URL', urls('/metrics'), { verb: 'get', url: '/metrics' }, true],
  ['a URL below', urls('/metrics'), { verb: 'get', url: '/metrics/x' }, false],
  ['URLs that begin so', urls('/metrics/*'), { verb: 'get', url: '/metrics/x/y' }, true],
  ['URLs that begin so, and the beginning', urls('/metrics/*'), { verb: 'get', url: '/metrics' }, false],
  ['every URL', urls('*'), { verb: 'get', url: '/' }, true],
  ['a star inside, which is a character', urls('/a*b'), { verb: 'get', url: '/axb' }, false],
  ['several stars at the end', urls('/a**'), { verb: 'get', url: '/ab' }, true],
  ['a URL, and a rule for resources', allow('*', '*', '*'), { verb: 'get', url: '/metrics' }, false],
  ['a resource, and a rule for URLs', urls('*'), get('pods'), false],
]

describe('a rule', () => {
  test.each(cases)('of %s', (_, rule, action, allowed) => {
    expect(ruleAllows(rule, action)).toBe(allowed)
  })
})
