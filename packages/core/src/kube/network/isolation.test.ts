import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Resource } from '../../model/resource.ts'
import {
  adminPolicy,
  calicoPolicy,
  ciliumPolicy,
  clusterwideCiliumPolicy,
  denyAll,
  globalCalicoPolicy,
  networkPolicy,
} from '../../samples/network-policies.ts'
import { object } from '../../samples/objects.ts'
import type { Labels } from '../label-selector.ts'
import type { Direction, NetworkPod } from './guard.ts'
import { guardsOfAll, isDefaultDeny, isolationOf } from './isolation.ts'

const web = (
  own: Partial<Omit<NetworkPod, 'namespaceLabels'>> & { namespaceLabels?: Labels } = {},
): NetworkPod => {
  const { namespaceLabels, ...rest } = own
  return {
    namespace: 'shop',
    labels: { app: 'web' },
    serviceAccount: 'default',
    ...rest,
    namespaceLabels: () => namespaceLabels,
  }
}

function stateOf(policies: readonly Resource[], direction: Direction = 'ingress', pod = web()) {
  const found = isolationOf(guardsOfAll.from(policies), pod, direction)
  return found.state === 'governed' ? found.admits : found.state
}

const selector = (labels: Labels) => ({ matchLabels: labels })
const anyone = { ipBlock: { cidr: '0.0.0.0/0' } }
const shopOnly = { namespaceSelector: selector({ team: 'shop' }) }

describe('NetworkPolicies', () => {
  it.each<[string, Resource[], string, string]>([
    ['none', [], 'open', 'open'],
    [
      'one of another namespace',
      [{ ...denyAll('Ingress'), metadata: { name: 'x', namespace: 'other' } }],
      'open',
      'open',
    ],
    ['one for other pods', [networkPolicy({ podSelector: selector({ app: 'db' }) })], 'open', 'open'],
    ['deny all, of one type', [denyAll('Ingress')], 'nothing', 'open'],
    ['deny all, of both types', [denyAll('Ingress', 'Egress')], 'nothing', 'nothing'],
    ['no types and no rules', [networkPolicy({ podSelector: {} })], 'nothing', 'open'],
    [
      'no types, with rules for egress',
      [networkPolicy({ podSelector: {}, egress: [{ to: [shopOnly] }] })],
      'nothing',
      'some',
    ],
    [
      'no types, with an empty list for egress',
      [networkPolicy({ podSelector: {}, egress: [] })],
      'nothing',
      'open',
    ],
    [
      'types that leave the rules out',
      [networkPolicy({ podSelector: {}, policyTypes: ['Egress'], ingress: [{}] })],
      'open',
      'nothing',
    ],
    ['everything allowed', [networkPolicy({ podSelector: {}, ingress: [{}] })], 'everything', 'open'],
    [
      'everything allowed from an empty list',
      [networkPolicy({ podSelector: {}, ingress: [{ from: [] }] })],
      'everything',
      'open',
    ],
    [
      'everybody on a port',
      [networkPolicy({ podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] })],
      'everyone',
      'open',
    ],
    [
      'all addresses on a port',
      [networkPolicy({ podSelector: {}, ingress: [{ from: [anyone], ports: [{ port: 80 }] }] })],
      'everyone',
      'open',
    ],
    [
      'all addresses',
      [networkPolicy({ podSelector: {}, ingress: [{ from: [shopOnly, anyone] }] })],
      'everything',
      'open',
    ],
    [
      'all addresses but some',
      [
        networkPolicy({
          podSelector: {},
          ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }] }],
        }),
      ],
      'some',
      'open',
    ],
    [
      'all pods of all namespaces',
      [networkPolicy({ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] })],
      'some',
      'open',
    ],
    [
      'a strict and a wide one',
      [denyAll('Ingress'), networkPolicy({ podSelector: {}, ingress: [{}] })],
      'everything',
      'open',
    ],
    [
      'a selector that is refused',
      [networkPolicy({ podSelector: { matchExpressions: [{ key: 'app', operator: 'in' }] } })],
      'unknown',
      'open',
    ],
    [
      'a refused one beside a sound one',
      [
        denyAll('Ingress'),
        networkPolicy({ podSelector: { matchExpressions: [{ key: 'app', operator: 'in' }] } }),
      ],
      'nothing',
      'open',
    ],
  ])('%s', (_, policies, ingress, egress) => {
    expect([stateOf(policies), stateOf(policies, 'egress')]).toEqual([ingress, egress])
  })
})

describe('policies of Cilium', () => {
  const all = { endpointSelector: {} }
  const cnp = (rule: object) => [ciliumPolicy(rule as Record<string, unknown>)]
  const asked = (key: string, value = 'x') =>
    cnp({ endpointSelector: selector({ [key]: value }), ingress: [{}] })

  it.each<[string, Resource[], string, string]>([
    ['rules of one direction', cnp({ ...all, ingress: [{ fromEndpoints: [{}] }] }), 'some', 'open'],
    [
      'an empty rule, which allows nothing',
      cnp({ ...all, ingress: [{}], egress: [{}] }),
      'nothing',
      'nothing',
    ],
    ['an empty list, which is no rule', cnp({ ...all, ingress: [], egress: [{}] }), 'open', 'nothing'],
    ['deny rules alone', cnp({ ...all, ingressDeny: [{ fromEntities: ['world'] }] }), 'nothing', 'open'],
    [
      'no default deny',
      cnp({ ...all, ingress: [{}], enableDefaultDeny: { ingress: false } }),
      'open',
      'open',
    ],
    ['default deny alone', cnp({ ...all, enableDefaultDeny: { egress: true } }), 'open', 'nothing'],
    ['everybody', cnp({ ...all, ingress: [{ fromEntities: ['all'] }] }), 'everything', 'open'],
    ['the world', cnp({ ...all, egress: [{ toEntities: ['cluster', 'world'] }] }), 'open', 'everything'],
    [
      'everybody on ports',
      cnp({ ...all, ingress: [{ toPorts: [{ ports: [{ port: '80' }] }] }] }),
      'everyone',
      'open',
    ],
    ['all addresses', cnp({ ...all, egress: [{ toCIDR: ['0.0.0.0/0'] }] }), 'open', 'everything'],
    [
      'all addresses but some',
      cnp({ ...all, egress: [{ toCIDRSet: [{ cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] }] }] }),
      'open',
      'some',
    ],
    ['all names', cnp({ ...all, egress: [{ toFQDNs: [{ matchPattern: '*' }] }] }), 'open', 'everything'],
    ['nobody, by an empty list', cnp({ ...all, ingress: [{ fromEndpoints: [] }] }), 'some', 'open'],
    [
      'specs',
      [
        object(
          'cilium.io/v2',
          'CiliumNetworkPolicy',
          { namespace: 'shop' },
          {
            specs: [
              { ...all, egress: [{}] },
              { ...all, ingress: [{}] },
            ],
          },
        ),
      ],
      'nothing',
      'nothing',
    ],
    ['a rule about nodes', [clusterwideCiliumPolicy({ nodeSelector: {}, ingress: [{}] })], 'open', 'open'],
    ['one for all namespaces', [clusterwideCiliumPolicy({ ...all, ingress: [{}] })], 'nothing', 'open'],
    [
      'one of another namespace',
      [ciliumPolicy({ ...all, ingress: [{}] }, { namespace: 'other' })],
      'open',
      'open',
    ],
    ['labels with their source', asked('k8s:app', 'web'), 'nothing', 'open'],
    ['labels of any source', asked('any:app', 'web'), 'nothing', 'open'],
    ['other labels', asked('app', 'db'), 'open', 'open'],
    ['the namespace as a label', asked('k8s:io.kubernetes.pod.namespace', 'shop'), 'nothing', 'open'],
    ['the account as a label', asked('io.cilium.k8s.policy.serviceaccount', 'robot'), 'open', 'open'],
    [
      'labels of the namespace, which was not seen',
      asked('io.cilium.k8s.namespace.labels.team'),
      'unknown',
      'open',
    ],
    ['labels that Cilium alone knows', asked('io.cilium.k8s.policy.cluster'), 'unknown', 'open'],
    ['labels of things that are no pods', asked('reserved:host', ''), 'open', 'open'],
    ['what cannot be read', cnp({ ...all, ingress: 'all' }), 'unknown', 'unknown'],
    [
      'beside a NetworkPolicy',
      [...cnp({ ...all, egress: [{ toEndpoints: [{}] }] }), denyAll('Ingress')],
      'nothing',
      'some',
    ],
  ])('%s', (_, policies, ingress, egress) => {
    expect([stateOf(policies), stateOf(policies, 'egress')]).toEqual([ingress, egress])
  })

  it('may select by the labels of a namespace that was seen', () => {
    const [policy] = asked('io.cilium.k8s.namespace.labels.team', 'shop')
    const of = (team: string) => stateOf([policy as Resource], 'ingress', web({ namespaceLabels: { team } }))
    expect([of('shop'), of('other')]).toEqual(['nothing', 'open'])
  })
})

describe('policies of Calico', () => {
  const cp = (spec: object) => [calicoPolicy(spec as Record<string, unknown>)]
  const allow = (own: object = {}) => ({ action: 'Allow', ...own })

  it.each<[string, Resource[], string, string]>([
    ['no types and no rules', cp({}), 'nothing', 'open'],
    [
      'no types, with rules for egress alone',
      cp({ egress: [allow({ protocol: 'TCP' })] }),
      'open',
      'everyone',
    ],
    ['no types, with rules for both', cp({ ingress: [], egress: [allow()] }), 'open', 'everything'],
    ['types', cp({ selector: 'all()', types: ['Ingress', 'Egress'] }), 'nothing', 'nothing'],
    ['other pods', cp({ selector: "app == 'db'" }), 'open', 'open'],
    ['these pods', cp({ selector: "app in { 'db', 'web' } && !has(old)" }), 'nothing', 'open'],
    ['everything', cp({ ingress: [allow()] }), 'everything', 'open'],
    [
      'everybody on a port',
      cp({ ingress: [allow({ protocol: 'TCP', destination: { ports: [80] } })] }),
      'everyone',
      'open',
    ],
    ['some', cp({ ingress: [allow({ source: { selector: "app == 'db'" } })] }), 'some', 'open'],
    ['all addresses', cp({ ingress: [allow({ source: { nets: ['0.0.0.0/0'] } })] }), 'everything', 'open'],
    [
      'all after some are denied',
      cp({ ingress: [{ action: 'Deny', source: { nets: ['10.0.0.0/8'] } }, allow()] }),
      'unknown',
      'open',
    ],
    ['a selector that cannot be read', cp({ selector: 'app = web' }), 'unknown', 'unknown'],
    ['accounts by labels', cp({ serviceAccountSelector: "role == 'db'" }), 'unknown', 'open'],
    ['one for all namespaces', [globalCalicoPolicy({ types: ['Egress'] })], 'open', 'nothing'],
    [
      'one for some namespaces, which were not seen',
      [globalCalicoPolicy({ namespaceSelector: "team == 'x'" })],
      'unknown',
      'open',
    ],
    ['one for hosts', [globalCalicoPolicy({ namespaceSelector: 'global()' })], 'open', 'open'],
    [
      'one by the label of its namespace',
      [globalCalicoPolicy({ selector: "projectcalico.org/namespace == 'shop'" })],
      'nothing',
      'open',
    ],
    ['one of another namespace', [calicoPolicy({}, { namespace: 'other' })], 'open', 'open'],
  ])('%s', (_, policies, ingress, egress) => {
    expect([stateOf(policies), stateOf(policies, 'egress')]).toEqual([ingress, egress])
  })
})

describe('policies that are not weighed', () => {
  it.each<[string, Resource[], string, string]>([
    ['one that denies', [adminPolicy({ subject: {}, ingress: [{ action: 'Deny' }] })], 'unknown', 'open'],
    ['one that allows', [adminPolicy({ subject: {}, ingress: [{ action: 'Allow' }] })], 'open', 'open'],
    [
      'one beside a policy that limits',
      [adminPolicy({ ingress: [{ action: 'Deny' }] }), denyAll('Ingress')],
      'nothing',
      'open',
    ],
    [
      'one beside a policy that does not',
      [adminPolicy({ ingress: [{ action: 'Deny' }] }), networkPolicy({ podSelector: {}, ingress: [{}] })],
      'unknown',
      'open',
    ],
    [
      'one of Antrea',
      [
        object(
          'crd.antrea.io/v1beta1',
          'NetworkPolicy',
          { namespace: 'shop' },
          { spec: { egress: [{ action: 'Drop' }] } },
        ),
      ],
      'open',
      'unknown',
    ],
    [
      'one of Antrea in another namespace',
      [
        object(
          'crd.antrea.io/v1beta1',
          'NetworkPolicy',
          { namespace: 'other' },
          { spec: { egress: [{ action: 'Drop' }] } },
        ),
      ],
      'open',
      'open',
    ],
  ])('%s', (_, policies, ingress, egress) => {
    expect([stateOf(policies), stateOf(policies, 'egress')]).toEqual([ingress, egress])
  })
})

describe('default deny', () => {
  it.each<[string, Resource, boolean]>([
    ['all pods and no rules', denyAll('Ingress'), true],
    ['the other direction', denyAll('Egress'), false],
    ['some pods', networkPolicy({ podSelector: selector({ app: 'web' }) }), false],
    ['rules', networkPolicy({ podSelector: {}, ingress: [{ from: [shopOnly] }] }), false],
    ['Cilium', ciliumPolicy({ endpointSelector: {}, ingress: [{}] }), true],
    ['Cilium with rules', ciliumPolicy({ endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] }), false],
    ['Cilium for some', ciliumPolicy({ endpointSelector: selector({ app: 'web' }), ingress: [{}] }), false],
    ['Calico', calicoPolicy({ selector: 'all()' }), true],
    ['Calico for all namespaces', globalCalicoPolicy({}), true],
    ['Calico with an Allow', calicoPolicy({ ingress: [{ action: 'Allow', protocol: 'ICMP' }] }), false],
    ['Calico for some', calicoPolicy({ selector: 'has(app)' }), false],
    ['what is not weighed', adminPolicy({ ingress: [{ action: 'Deny' }] }), false],
  ])('%s', (_, policy, expected) => {
    const [guard] = guardsOfAll.from([policy]).of('shop')
    expect(guard && isDefaultDeny(guard, 'ingress')).toBe(expected)
  })
})

// The specification read word by word: a connection is allowed if no policy governs the pod in that direction, or if any rule of any that
// does has the peer and the port. Peers are addresses outside the cluster and pods, each with its labels.
describe('against a naive reading of the specification', () => {
  interface Peer {
    readonly ip?: string
    readonly namespace?: Labels
    readonly pod?: Labels
  }
  const far: Peer = { ip: '203.0.113.77' }
  const peers: readonly Peer[] = [
    far,
    { ip: '10.1.2.3' },
    { namespace: { team: 'shop' }, pod: { app: 'web' } },
    { namespace: { team: 'ops' }, pod: { app: 'db' } },
  ]
  const ports = [80, 443, 65_000]

  const labels = fc.constantFrom<Labels>({}, { app: 'web' }, { app: 'db' }, { app: 'web', tier: 'a' })
  const block = fc.constantFrom<object>(
    { cidr: '0.0.0.0/0' },
    { cidr: '10.0.0.0/8' },
    { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] },
    { cidr: '203.0.113.0/24' },
  )
  const peer = fc.oneof(
    block.map(ipBlock => ({ ipBlock })),
    fc.record({
      podSelector: labels.map(selector),
      namespaceSelector: fc.constantFrom({}, selector({ team: 'shop' })),
    }),
  )
  const port = fc.constantFrom({ port: 80 }, { port: 443 })
  const rule = fc.record({
    peers: fc.option(fc.array(peer, { maxLength: 2 }), { nil: undefined }),
    ports: fc.option(fc.array(port, { maxLength: 2 }), { nil: undefined }),
  })
  const policy = fc.record({
    labels,
    types: fc.option(fc.subarray(['Ingress', 'Egress']), { nil: undefined }),
    ingress: fc.option(fc.array(rule, { maxLength: 2 }), { nil: undefined }),
    egress: fc.option(fc.array(rule, { maxLength: 2 }), { nil: undefined }),
  })
  type Policy = typeof policy extends fc.Arbitrary<infer T> ? T : never
  type Rule = typeof rule extends fc.Arbitrary<infer T> ? T : never

  const has = (all: Labels, some: Labels) => Object.entries(some).every(([key, value]) => all[key] === value)
  const inBlock = (ip: string, cidr: string) => {
    if (cidr === '0.0.0.0/0') return true
    return cidr === '10.0.0.0/8' ? ip.startsWith('10.') : ip.startsWith('203.0.113.')
  }
  const matches = (one: Peer, given: Record<string, unknown>): boolean => {
    const { ipBlock, podSelector, namespaceSelector } = given as {
      ipBlock?: { cidr: string; except?: string[] }
      podSelector?: { matchLabels: Labels }
      namespaceSelector?: { matchLabels?: Labels }
    }
    if (ipBlock)
      return (
        one.ip !== undefined &&
        inBlock(one.ip, ipBlock.cidr) &&
        !(ipBlock.except ?? []).some(cidr => inBlock(one.ip as string, cidr))
      )
    return (
      one.ip === undefined &&
      has(one.pod ?? {}, podSelector?.matchLabels ?? {}) &&
      has(one.namespace ?? {}, namespaceSelector?.matchLabels ?? {})
    )
  }
  const governing = (policies: readonly Policy[], direction: Direction) =>
    policies.filter(({ labels: own, types, egress }) => {
      if (!has({ app: 'web' }, own)) return false
      if (types && types.length > 0) return types.includes(direction === 'ingress' ? 'Ingress' : 'Egress')
      return direction === 'ingress' || (egress ?? []).length > 0
    })
  const allows = (policies: readonly Policy[], direction: Direction, one: Peer, number: number) => {
    const own = governing(policies, direction)
    if (own.length === 0) return true
    return own.some(p =>
      (p[direction] ?? []).some(
        (r: Rule) =>
          (!r.peers || r.peers.length === 0 || r.peers.some(given => matches(one, given))) &&
          (!r.ports || r.ports.length === 0 || r.ports.some(given => given.port === number)),
      ),
    )
  }
  const resourceOf = ({ labels: own, types, ingress, egress }: Policy): Resource => {
    const rules = (list: Rule[] | undefined, field: string) =>
      list?.map(r => ({ ...(r.peers && { [field]: r.peers }), ...(r.ports && { ports: r.ports }) }))
    return networkPolicy({
      podSelector: selector(own),
      ...(types && { policyTypes: types }),
      ...(ingress && { ingress: rules(ingress, 'from') }),
      ...(egress && { egress: rules(egress, 'to') }),
    })
  }

  it.each<Direction>(['ingress', 'egress'])('%s: 2,000 sets of policies', direction => {
    fc.assert(
      fc.property(fc.array(policy, { maxLength: 4 }), policies => {
        const resources = policies.map(resourceOf)
        const guards = guardsOfAll.from(resources)
        const found = isolationOf(guards, web(), direction)
        const reached = (one: Peer, number: number) => allows(policies, direction, one, number)
        const isGoverned = governing(policies, direction).length > 0
        expect(found.state).toBe(isGoverned ? 'governed' : 'open')
        if (found.state !== 'governed') return
        const farPorts = ports.filter(number => reached(far, number))
        const isAll = (number: number) => peers.every(one => one.ip === undefined || reached(one, number))
        if (found.admits === 'everything') expect(farPorts).toEqual(ports)
        if (found.admits === 'everyone') expect(ports.some(isAll)).toBe(true)
        if (found.admits === 'nothing')
          expect(peers.some(one => ports.some(number => reached(one, number)))).toBe(false)
        // What the whole internet reaches on a port that no rule names is reached by a rule without ports.
        if (found.admits !== 'everything' && isAll(65_000))
          expect(policies.some(p => (p[direction] ?? []).some((r: Rule) => (r.peers ?? []).length > 0))).toBe(
            true,
          )
        for (const { ip } of peers)
          if (ip !== undefined)
            expect(
              found.by.some(guard => guard.admitsAddress(direction, ip)),
              ip,
            ).toBe(ports.some(number => reached({ ip }, number)))
      }),
      { seed: 11, numRuns: 2_000 },
    )
  })
})
