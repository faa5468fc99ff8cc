/** Makes roles, bindings and questions about them: repeatable, small in words and full of near misses. */
import type { Action } from '../../packages/core/src/kube/rbac/action.ts'
import {
  anonymousIdentity,
  type Identity,
  serviceAccountIdentity,
  userIdentity,
} from '../../packages/core/src/kube/rbac/identity.ts'
import type { PolicyRule, RoleSubject } from '../../packages/core/src/kube/rbac/kinds.ts'
import type { Resource } from '../../packages/core/src/model/resource.ts'
import { type Random, random } from './pod-generator/random.ts'

const API_VERSION = 'rbac.authorization.k8s.io/v1'
/** All objects of a corpus bear this label, with its name as value. */
export const CORPUS_LABEL = 'corpus.plimsoll.test/name'
const TIER_LABEL = 'corpus.plimsoll.test/tier'

export const NAMESPACES = ['rbac-a', 'rbac-b', 'rbac-c'] as const
const GROUPS = ['', '', '', 'apps', 'batch', 'rbac.authorization.k8s.io', 'example.com']
const RESOURCES = [
  'pods',
  'secrets',
  'deployments',
  'nodes',
  'widgets',
  'pods/log',
  'pods/exec',
  'nodes/proxy',
]
const ODD_RESOURCES = [
  '*',
  '*/log',
  '*/scale',
  '*/exec',
  '*/xlog',
  'pods/*',
  'nodes/*',
  '*/*',
  'deployments/scale',
  '',
]
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'delete', 'bind', 'impersonate', 'Get', 'approve']
const NAMES = ['web', 'api', 'kube-system', '*', 'web-2']
const URLS = [
  '/metrics',
  '/metrics/*',
  '/logs/',
  '/logs*',
  '/api',
  '/api/*',
  '/a/b',
  '/a/**',
  '/*',
  '*',
  '/a*b',
]
const ASKED_URLS = [
  '/metrics',
  '/metrics/',
  '/metrics/cadvisor',
  '/logs',
  '/logs/x',
  '/api',
  '/apis',
  '/a/b',
  '/a/bc',
  '/a',
  '/',
  '/a*b',
  '*',
]
const ACCOUNTS = ['default', 'web'] as const
const TIERS = ['one', 'two', 'three', 'four'] as const

export interface Corpus {
  readonly name: string
  /** As they are sent to the server, in an order in which it takes them. */
  readonly objects: readonly Resource[]
  /** Somebody of whom the corpus speaks, or nearly. */
  readonly identity: (source: Random) => Identity
  /** Something that one of its rules allows, or nearly. */
  readonly action: (source: Random) => Action
}

/** Corpus number `index` of a seed: about 300 objects with names of their own. */
export function generateCorpus(seed: number, index: number): Corpus {
  const source = random(seed, index)
  const name = `c${index}`
  const rules: PolicyRule[] = []
  const rule = (isNamespaced: boolean) => {
    const made = policyRule(source, isNamespaced)
    rules.push(made)
    return made
  }
  const ruleList = (isNamespaced: boolean) => Array.from({ length: source.int(4) }, () => rule(isNamespaced))
  const clusterRoles = Array.from({ length: 50 }, (_, i) =>
    object(
      name,
      'ClusterRole',
      `${name}-cluster-${i}`,
      undefined,
      {
        rules: source.chance(0.05) ? null : ruleList(false),
      },
      source.chance(0.5) ? { [TIER_LABEL]: `${name}-${source.pick(TIERS)}` } : {},
    ),
  )
  const aggregated = Array.from({ length: 12 }, (_, i) => aggregatedRole(source, name, i))
  const roles = NAMESPACES.flatMap(namespace =>
    Array.from({ length: 15 }, (_, i) =>
      object(name, 'Role', `${name}-role-${i}`, namespace, { rules: ruleList(true) }),
    ),
  )
  const clusterRole = () =>
    source.chance(0.2) ? `${name}-aggregated-${source.int(13)}` : `${name}-cluster-${source.int(52)}`
  const clusterBindings = Array.from({ length: 45 }, (_, i) =>
    object(name, 'ClusterRoleBinding', `${name}-binding-${i}`, undefined, {
      roleRef: roleRef('ClusterRole', clusterRole()),
      subjects: subjects(source, name, undefined),
    }),
  )
  const bindings = NAMESPACES.flatMap(namespace =>
    Array.from({ length: 35 }, (_, i) =>
      object(name, 'RoleBinding', `${name}-binding-${i}`, namespace, {
        roleRef: source.chance(0.4)
          ? roleRef('ClusterRole', clusterRole())
          : roleRef('Role', `${name}-role-${source.int(17)}`),
        subjects: subjects(source, name, namespace),
      }),
    ),
  )
  return {
    name,
    objects: [...clusterRoles, ...aggregated, ...roles, ...clusterBindings, ...bindings],
    identity: own => identity(own, name),
    action: own => action(own, rules),
  }
}

function object(
  corpus: string,
  kind: string,
  name: string,
  namespace: string | undefined,
  fields: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, string>> = {},
): Resource {
  return {
    apiVersion: API_VERSION,
    kind,
    metadata: { name, ...(namespace && { namespace }), labels: { [CORPUS_LABEL]: corpus, ...labels } },
    ...fields,
  }
}

/** A ClusterRole that gathers rules, also from others that do, by one selector or two; its own rules are soon overwritten. */
function aggregatedRole(source: Random, name: string, index: number): Resource {
  const tier = () => `${name}-${source.pick(TIERS)}`
  const level = `${name}-level-${index}`
  // Each gathers from earlier ones at most: what the controller makes of a circle depends on what was there before.
  const earlier = index > 0 && source.chance(0.4) ? [`${name}-level-${source.int(index)}`] : []
  const selector = () =>
    source.pick([
      { matchLabels: { [TIER_LABEL]: tier() } },
      { matchExpressions: [{ key: TIER_LABEL, operator: 'In', values: [tier(), ...earlier] }] },
      {
        matchLabels: { [CORPUS_LABEL]: name },
        matchExpressions: [{ key: TIER_LABEL, operator: 'In', values: [tier(), tier(), level] }],
      },
    ])
  return object(
    name,
    'ClusterRole',
    `${name}-aggregated-${index}`,
    undefined,
    {
      aggregationRule: { clusterRoleSelectors: [selector(), ...(source.chance(0.3) ? [selector()] : [])] },
      rules: source.chance(0.3) ? [policyRule(source, false)] : [],
    },
    { [TIER_LABEL]: level },
  )
}

function policyRule(source: Random, isNamespaced: boolean): PolicyRule {
  const some = <T>(from: readonly T[], odd: readonly T[], oddity: number) =>
    Array.from({ length: 1 + source.int(2) }, () => source.pick(source.chance(oddity) ? odd : from))
  const verbs = some(VERBS, ['*'], 0.08)
  if (!isNamespaced && source.chance(0.2)) return { verbs, nonResourceURLs: some(URLS, ['*'], 0.05) }
  return {
    verbs,
    apiGroups: some(GROUPS, ['*'], 0.1),
    resources: some(RESOURCES, ODD_RESOURCES, 0.2),
    ...(source.chance(0.25) && { resourceNames: some(NAMES, [''], 0.1) }),
  }
}

const roleRef = (kind: string, name: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind, name })

function subjects(source: Random, corpus: string, namespace: string | undefined): RoleSubject[] | null {
  if (source.chance(0.04)) return null
  return Array.from({ length: 1 + source.int(2) }, () => subject(source, corpus, namespace))
}

function subject(source: Random, corpus: string, namespace: string | undefined): RoleSubject {
  const apiGroup = 'rbac.authorization.k8s.io'
  if (source.chance(0.35)) {
    // Without a namespace it is one of the RoleBinding's own; a ClusterRoleBinding must name it.
    const named = namespace === undefined || source.chance(0.6) ? { namespace: source.pick(NAMESPACES) } : {}
    return { kind: 'ServiceAccount', name: source.pick(ACCOUNTS), ...named }
  }
  if (source.chance(0.5)) return { kind: 'User', apiGroup, name: source.pick(userNames(corpus)) }
  return { kind: 'Group', apiGroup, name: source.pick(groupNames(corpus)) }
}

/** Names that look alike, and ServiceAccounts by their user names. */
const userNames = (corpus: string) => [
  `${corpus}-jane`,
  `${corpus}-joe`,
  `${corpus}-dev`,
  `system:serviceaccount:${NAMESPACES[0]}:web`,
  'system:serviceaccounts',
  'system:anonymous',
]

const groupNames = (corpus: string) => [
  `${corpus}-dev`,
  `${corpus}-ops`,
  `${corpus}-jane`,
  `${corpus}-dev`,
  `${corpus}-ops`,
  `system:serviceaccounts:${NAMESPACES[1]}`,
  `system:serviceaccount:${NAMESPACES[0]}:web`,
  // The groups of very many are bound seldom, or everybody could do everything.
  ...(corpus.length % 2 === 0 ? ['system:unauthenticated'] : ['system:serviceaccounts']),
]

function identity(source: Random, corpus: string): Identity {
  const kind = source.next()
  if (kind < 0.35) return serviceAccountIdentity(source.pick(NAMESPACES), source.pick(ACCOUNTS))
  if (kind < 0.4) return anonymousIdentity
  const people = [`${corpus}-jane`, `${corpus}-joe`, `${corpus}-dev`, `${corpus}-nobody`]
  return userIdentity(source.pick(people), source.some([`${corpus}-dev`, `${corpus}-ops`], 0.3))
}

/** What a rule allows, in words without wildcards, then often changed in one of them. */
function action(source: Random, rules: readonly PolicyRule[]): Action {
  const rule = source.pick(rules)
  const verb = source.chance(0.15) ? source.pick([...VERBS, '*']) : plain(source, rule.verbs, VERBS)
  if (rule.nonResourceURLs)
    return { verb, url: source.pick(source.chance(0.5) ? ASKED_URLS : rule.nonResourceURLs) }
  const written = source.chance(0.15) ? source.pick(RESOURCES) : plain(source, rule.resources, RESOURCES)
  const [resource = '', subresource] = written.split('/')
  const named = source.chance(0.5) ? source.pick([...(rule.resourceNames ?? NAMES), ...NAMES]) : ''
  const namespace = source.chance(0.2) ? '' : source.pick(NAMESPACES)
  return {
    verb,
    group: source.chance(0.1) ? source.pick([...GROUPS, '*']) : plain(source, rule.apiGroups, GROUPS),
    resource: resource === '*' ? source.pick(['pods', 'deployments', 'widgets', '*']) : resource,
    ...((subresource ?? '') !== '' && { subresource: subresource as string }),
    ...(named !== '' && { name: named }),
    ...(namespace !== '' && { namespace }),
  }
}

function plain(source: Random, written: readonly string[] = [], words: readonly string[]): string {
  const one = source.pick(written)
  return one === '*' ? source.pick(words) : one
}
