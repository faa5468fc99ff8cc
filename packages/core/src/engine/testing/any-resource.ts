// Any resource: arbitrary small clusters that depend on each other in every way, and rules that read in every way, for property tests.

import fc from 'fast-check'
import { nameOf } from '../../kube/asset-key.ts'
import type { Resource } from '../../model/resource.ts'
import type { Derivation, Rule, Violation } from '../../model/rule.ts'
import { object } from '../../samples/objects.ts'
import { ruleThat } from './assessing.ts'

const fault = (path: string): Violation => ({ path, actual: undefined, expected: 'x' })

const secretNames: Derivation<ReadonlySet<string>> = {
  kinds: [{ kind: 'Secret', namespace: 'a' }, 'NetworkPolicy'],
  from: resources => new Set(resources.map(nameOf)),
}

/** Rules that read in every way there is: nothing, by name, by a name found in what was read, lists, what is derived. */
export const readingRules: readonly Rule[] = [
  ruleThat('alone', own => (own.spec.hostNetwork ? [fault(`${own.path}.hostNetwork`)] : [])),
  ruleThat(
    'by-name',
    (own, { lookup }) => {
      const account = lookup.get('ServiceAccount', own.namespace, own.spec.serviceAccountName ?? 'default')
      if (!account) return [fault('spec.serviceAccountName')]
      const note = account.metadata.annotations?.secret
      return note !== undefined && !lookup.get('Secret', own.namespace, note) ? [fault('spec')] : []
    },
    { reads: ['ServiceAccount', 'Secret'] },
  ),
  ruleThat(
    'by-namespace',
    (own, { lookup }) =>
      lookup.list('NetworkPolicy', own.namespace).length === 0 ? [fault('metadata')] : [],
    { reads: ['NetworkPolicy'] },
  ),
  ruleThat<Resource>(
    'of-all',
    ({ metadata }, { lookup }) =>
      lookup.list('Pod').some(({ metadata: { namespace } }) => namespace === metadata.name)
        ? [fault('metadata')]
        : [],
    { subject: 'Namespace', reads: ['Pod'] },
  ),
  ruleThat(
    'derived',
    (own, { lookup }) =>
      lookup.derive(secretNames).has(own.resource.metadata.name ?? '') ? [fault('metadata.name')] : [],
    { reads: ['Secret', 'NetworkPolicy'] },
  ),
  ruleThat<Resource>('any-kind', ({ metadata }) => (metadata.labels ? [] : [fault('metadata.labels')]), {
    subject: '*',
  }),
]

export const namespaces = ['a', 'b']
export const names = ['x', 'y', 'z']
const owner = (kind: string, name: string, apiVersion = 'apps/v1') => ({
  ownerReferences: [{ apiVersion, kind, name, controller: true }],
})
const metadata = fc.record({
  namespace: fc.constantFrom(...namespaces),
  name: fc.constantFrom(...names),
})
const spec = fc.record(
  {
    hostNetwork: fc.constant(true),
    serviceAccountName: fc.constantFrom(...names),
    containers: fc.constant([{ name: 'app', image: 'a' }]),
    volumes: fc.constant('not a list'),
  },
  { requiredKeys: [] },
)
export const anyResource: fc.Arbitrary<Resource> = fc.oneof(
  fc
    .tuple(metadata, spec)
    .map(([meta, template]) =>
      object('apps/v1', 'Deployment', meta, { spec: { template: { spec: template } } }),
    ),
  fc
    .tuple(metadata, spec, fc.option(fc.constantFrom(...names)))
    .map(([meta, template, of]) =>
      object(
        'apps/v1',
        'ReplicaSet',
        { ...meta, name: `${meta.name}-1`, ...(of && owner('Deployment', of)) },
        { spec: { template: { spec: template } } },
      ),
    ),
  fc
    .tuple(metadata, spec, fc.constantFrom('ReplicaSet', 'DaemonSet', 'Rollout', undefined), fc.boolean())
    .map(([meta, own, kind, hashed]) =>
      object(
        'v1',
        'Pod',
        {
          ...meta,
          ...(hashed && { labels: { 'pod-template-hash': '1' } }),
          ...(kind === 'ReplicaSet' && owner(kind, `${meta.name}-1`)),
          ...(kind === 'DaemonSet' && owner(kind, meta.name)),
          ...(kind === 'Rollout' && owner(kind, meta.name, 'argoproj.io/v1alpha1')),
        },
        { spec: own },
      ),
    ),
  fc
    .tuple(metadata, fc.option(fc.constantFrom(...names)), fc.boolean())
    .map(([meta, secret, broken]) =>
      object(
        'v1',
        'ServiceAccount',
        { ...meta, ...(secret && { annotations: { secret } }) },
        broken ? { automountServiceAccountToken: 'no' } : {},
      ),
    ),
  metadata.map(({ name }) => object('argoproj.io/v1alpha1', 'Rollout', { name })),
  metadata.map(meta => object('v1', 'Secret', meta)),
  metadata.map(meta => object('networking.k8s.io/v1', 'NetworkPolicy', meta)),
  fc.constantFrom(...namespaces).map(name => object('v1', 'Namespace', { name })),
)
