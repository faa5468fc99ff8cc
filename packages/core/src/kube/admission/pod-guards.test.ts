// What refuses privileged pods, engine by engine: where, and whether it refuses at all.

import { describe, expect, it } from 'vitest'
import { namespace, object } from '../../samples/objects.ts'
import { podGuards } from './pod-guards.ts'

const shop = namespace()
const stateOf = (...resources: Parameters<typeof podGuards>[0]) =>
  podGuards(resources).map(guard => guard.guards(shop))

const constraint = (match: object, enforcementAction?: string) =>
  object(
    'constraints.gatekeeper.sh/v1beta1',
    'K8sPSPHostNamespace',
    {},
    { spec: { match, ...(enforcementAction && { enforcementAction }) } },
  )

describe('a constraint of Gatekeeper', () => {
  it.each<[string, object, string | undefined, unknown[]]>([
    ['all', {}, undefined, [true]],
    ['all, said', {}, 'deny', [true]],
    ['warns', {}, 'warn', []],
    ['audits', {}, 'dryrun', []],
    ['named', { namespaces: ['shop'] }, undefined, [true]],
    ['a beginning', { namespaces: ['sh*'] }, undefined, [true]],
    ['a part', { namespaces: ['*ho*'] }, undefined, [true]],
    ['another', { namespaces: ['sho'] }, undefined, [false]],
    ['left out', { excludedNamespaces: ['*op'] }, undefined, [false]],
    ['by labels', { namespaceSelector: { matchLabels: { a: 'b' } } }, undefined, ['unknown']],
    ['by labels of pods', { labelSelector: { matchLabels: { a: 'b' } } }, undefined, ['unknown']],
  ])('%s', (_, match, action, expected) => {
    expect(stateOf(constraint(match, action))).toEqual(expected)
  })
})

describe('a policy of Kyverno', () => {
  const policy = (rule: object, spec: object = {}) =>
    object(
      'kyverno.io/v1',
      'ClusterPolicy',
      {},
      {
        spec: {
          rules: [{ match: { resources: { kinds: ['Pod'] } }, validate: { podSecurity: {} }, ...rule }],
          ...spec,
        },
      },
    )
  it.each<[string, object, object, unknown[]]>([
    ['enforces', {}, { validationFailureAction: 'Enforce' }, [true]],
    ['enforces, in old letters', {}, { validationFailureAction: 'enforce' }, [true]],
    ['audits', {}, { validationFailureAction: 'Audit' }, []],
    [
      'its rule audits',
      { validate: { podSecurity: {}, failureAction: 'Audit' } },
      { validationFailureAction: 'Enforce' },
      [],
    ],
    ['excludes somebody', { exclude: { any: [] } }, { validationFailureAction: 'Enforce' }, ['unknown']],
    [
      'is for Deployments',
      { match: { resources: { kinds: ['Deployment'] } } },
      { validationFailureAction: 'Enforce' },
      ['unknown'],
    ],
    [
      'all of two',
      { match: { all: [{ resources: { kinds: ['Pod'] } }, { resources: { names: ['x'] } }] } },
      { validationFailureAction: 'Enforce' },
      ['unknown'],
    ],
  ])('%s', (_, rule, spec, expected) => {
    expect(stateOf(policy(rule, spec))).toEqual(expected)
  })
})

it('a policy of Kubewarden is for its namespace, for all, or by selectors', () => {
  const module = 'registry://ghcr.io/kubewarden/policies/host-namespaces-psp:v1'
  const policy = (kind: string, namespaceOf?: string, spec: object = {}) =>
    object(
      'policies.kubewarden.io/v1',
      kind,
      { ...(namespaceOf !== undefined && { namespace: namespaceOf }) },
      { spec: { module, ...spec } },
    )
  expect(stateOf(policy('AdmissionPolicy', 'shop'), policy('AdmissionPolicy', 'other'))).toEqual([
    true,
    false,
  ])
  expect(stateOf(policy('ClusterAdmissionPolicy'))).toEqual([true])
  expect(stateOf(policy('ClusterAdmissionPolicy', undefined, { namespaceSelector: {} }))).toEqual(['unknown'])
  expect(stateOf(policy('ClusterAdmissionPolicy', undefined, { mode: 'monitor' }))).toEqual([])
})

it('a template whose constraints are read is no guard itself; one of one’s own may be', () => {
  const template = (name: string) => object('templates.gatekeeper.sh/v1', 'ConstraintTemplate', { name })
  expect(stateOf(template('k8spspprivilegedcontainer'))).toEqual([])
  expect(stateOf(template('k8srequiredlabels'))).toEqual(['unknown'])
})

describe('a policy in CEL of Kyverno', () => {
  const onPods = { resourceRules: [{ operations: ['CREATE'], resources: ['pods'] }] }
  const policy = (spec: object, kind = 'ValidatingPolicy', namespaceOf?: string) =>
    object(
      'policies.kyverno.io/v1',
      kind,
      { ...(namespaceOf !== undefined && { namespace: namespaceOf }) },
      { spec: { matchConstraints: onPods, ...spec } },
    )
  const chosen = (namespaceSelector: object) => ({ matchConstraints: { ...onPods, namespaceSelector } })
  it.each<[string, object, unknown[]]>([
    ['refuses where nothing is said', {}, ['unknown']],
    ['refuses where no action is listed', { validationActions: [] }, ['unknown']],
    ['refuses', { validationActions: ['Deny'] }, ['unknown']],
    ['refuses and records', { validationActions: ['Audit', 'Deny'] }, ['unknown']],
    ['warns', { validationActions: ['Warn'] }, []],
    ['is for scans in the background', { evaluation: { admission: { enabled: false } } }, []],
    [
      'is for admission, said',
      { evaluation: { mode: 'Kubernetes', admission: { enabled: true } } },
      ['unknown'],
    ],
    ['is for JSON that is no object of Kubernetes', { evaluation: { mode: 'JSON' } }, []],
    [
      'is for what makes pods',
      { matchConstraints: { resourceRules: [{ resources: ['services', 'deployments'] }] } },
      ['unknown'],
    ],
    ['is for everything', { matchConstraints: { resourceRules: [{ resources: ['*/*'] }] } }, ['unknown']],
    ['is for Services', { matchConstraints: { resourceRules: [{ resources: ['services'] }] } }, []],
    ['is for nothing', { matchConstraints: {} }, []],
    ['has conditions', { matchConditions: [{ name: 'a', expression: 'true' }] }, ['unknown']],
    ['is for other namespaces', chosen({ matchLabels: { team: 'a' } }), [false]],
    [
      'is for namespaces like this one',
      chosen({ matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }),
      ['unknown'],
    ],
  ])('%s', (_, spec, expected) => {
    expect(stateOf(policy(spec))).toEqual(expected)
  })

  it('is for its namespace alone where it is of one', () => {
    expect(stateOf(policy({}, 'NamespacedValidatingPolicy', 'shop'))).toEqual(['unknown'])
    expect(stateOf(policy({}, 'NamespacedMutatingPolicy', 'other'))).toEqual([false])
  })

  it('is a guard where it changes pods, and none where it verifies images', () => {
    expect(stateOf(policy({ mutations: [{}] }, 'MutatingPolicy'))).toEqual(['unknown'])
    expect(stateOf(policy({}, 'ImageValidatingPolicy'))).toEqual([])
  })
})
