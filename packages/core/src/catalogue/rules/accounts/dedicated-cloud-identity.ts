// Rule: an identity of the cloud is for one workload.

import { nameOf, namespaceOf } from '../../../kube/asset-key.ts'
import { accountOf, podMakers } from '../../../kube/identity/used-accounts.ts'
import { childPath } from '../../../kube/path.ts'
import { omit } from '../../../model/omit.ts'
import type { Resource } from '../../../model/resource.ts'
import { type Derivation, defineRule } from '../../../model/rule.ts'
import { serviceAccount } from '../../../samples/objects.ts'
import { deployment, pod } from '../../../samples/pods.ts'

/**
 * The annotations by which ServiceAccounts get an identity. Sources: docs.aws.amazon.com/eks, "IAM roles for service accounts";
 * azure.github.io/azure-workload-identity; cloud.google.com, "Workload Identity Federation for GKE".
 */
const annotations = [
  'eks.amazonaws.com/role-arn',
  'azure.workload.identity/client-id',
  'iam.gke.io/gcp-service-account',
]
const role = 'arn:aws:iam::111122223333:role/web'
const given = (
  name = 'web',
  identity = role,
  annotation = 'eks.amazonaws.com/role-arn',
  namespace = 'shop',
) => serviceAccount({ name, namespace, annotations: { [annotation]: identity } })
const runs = (name: string, account = 'web', metadata: object = {}) => {
  const made = deployment({ serviceAccountName: account })
  return { ...made, metadata: { ...made.metadata, name, ...metadata } }
}
const unplaced = (resource: Resource): Resource => ({
  ...resource,
  metadata: omit(resource.metadata, 'namespace'),
})

/** The annotation that gives an account an identity, and the identity; undefined where none does. */
const identityOf = ({ metadata }: Resource) =>
  annotations
    .map(name => ({ name, value: metadata.annotations?.[name] ?? '' }))
    .find(({ value }) => value !== '')
const keyOf = (resource: Resource) => `${namespaceOf(resource)}/${nameOf(resource)}`

const accountsByIdentity: Derivation<ReadonlyMap<string, readonly Resource[]>> = {
  kinds: ['ServiceAccount'],
  from: accounts => grouped(accounts, account => identityOf(account)?.value),
}
/** What people made, not what controllers made of it. */
const workloadsByAccount: Derivation<ReadonlyMap<string, readonly Resource[]>> = {
  kinds: podMakers,
  from: makers =>
    grouped(makers, maker =>
      (maker.metadata.ownerReferences ?? []).some(({ controller }) => controller)
        ? undefined
        : `${namespaceOf(maker)}/${accountOf(maker)}`,
    ),
}

export const rule = defineRule({
  id: 'dedicated-cloud-identity',
  title: 'An identity of the cloud is for one workload',
  severity: 'medium',
  // How much workloads may share is the house's to say.
  defaultEnabled: false,
  subject: 'ServiceAccount',
  reads: [...podMakers, 'ServiceAccount'],
  absent: 'not-collected',
  rationale:
    'Workloads that share an identity have the rights of all of them together, and nobody can tell which of them did what in the cloud.',
  remediation:
    'Give each workload a ServiceAccount of its own, and each ServiceAccount an identity of its own.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
    'https://learn.microsoft.com/azure/aks/workload-identity-overview',
  ],

  concerns: resource => identityOf(resource) !== undefined,

  *violations(resource, { lookup }) {
    const identity = identityOf(resource)
    if (!identity) return
    const own = keyOf(resource)
    const path = childPath('metadata.annotations', identity.name)
    const wrong = (expected: string) => ({ path, actual: identity.value, expected })
    if (resource.metadata.name === 'default') {
      yield wrong('no identity, as every pod that names no ServiceAccount gets it')
      return
    }
    const other = lookup
      .derive(accountsByIdentity)
      .get(identity.value)
      ?.find(account => keyOf(account) !== own)
    if (other) yield wrong(`an identity that ServiceAccount ${keyOf(other)} does not have`)
    const workloads = lookup.derive(workloadsByAccount).get(own) ?? []
    if (workloads.length > 1)
      yield {
        path: 'metadata.name',
        actual: resource.metadata.name,
        expected: `one workload, not ${workloads.map(({ kind, metadata }) => `${kind} ${metadata.name ?? ''}`).join(', ')}`,
      }
  },

  examples: {
    fail: {
      'the account of whoever names none': {
        given: given('default'),
        at: ['metadata.annotations["eks.amazonaws.com/role-arn"]'],
      },
      'the account of whoever names none, which workloads run as': {
        given: given('default'),
        with: [runs('web', 'default'), runs('worker', 'default')],
        at: ['metadata.annotations["eks.amazonaws.com/role-arn"]'],
      },
      'two accounts with one role': {
        given: given(),
        with: [serviceAccount({ name: 'plain' }), given('api')],
        at: ['metadata.annotations["eks.amazonaws.com/role-arn"]'],
      },
      'an account of that name elsewhere with the same role': {
        given: given(),
        with: [given('web', role, 'eks.amazonaws.com/role-arn', 'other')],
      },
      'two accounts with one identity of Azure': {
        given: given('web', 'c0ffee', 'azure.workload.identity/client-id'),
        with: [given('api', 'c0ffee', 'azure.workload.identity/client-id')],
      },
      'two accounts with one identity of Google': {
        given: given('web', 'a@b.iam.gserviceaccount.com', 'iam.gke.io/gcp-service-account'),
        with: [given('api', 'a@b.iam.gserviceaccount.com', 'iam.gke.io/gcp-service-account')],
      },
      'two workloads, one of which something else owns': {
        given: given(),
        with: [
          runs('web'),
          runs('worker', 'web', { ownerReferences: [{ apiVersion: 'v1', kind: 'App', name: 'shop' }] }),
        ],
      },
      'two workloads where no namespace is written': {
        given: unplaced(given()),
        with: [unplaced(runs('web')), runs('worker', 'web', { namespace: 'default' })],
        at: ['metadata.name'],
      },
      'two workloads': {
        given: given(),
        with: [runs('web'), runs('worker')],
        at: ['metadata.name'],
      },
    },
    pass: {
      'one workload': { given: given(), with: [runs('web'), given()] },
      'no workload': { given: given() },
      'another account with another role': { given: given(), with: [given('api', `${role}-api`)] },
      'a workload beside its own pods': {
        given: given(),
        with: [
          runs('web'),
          {
            ...pod({ serviceAccountName: 'web' }),
            metadata: {
              name: 'web-1',
              namespace: 'shop',
              ownerReferences: [
                { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', controller: true },
              ],
            },
          },
        ],
      },
      'workloads with other accounts': { given: given(), with: [runs('web'), runs('api', 'api')] },
      'a workload of another namespace': {
        given: given(),
        with: [runs('web'), runs('web', 'web', { namespace: 'other' })],
      },
    },
    unconcerned: {
      'an account without an identity': { given: serviceAccount() },
      'an account with other annotations': {
        given: serviceAccount({ annotations: { 'eks.amazonaws.com/sts-regional-endpoints': 'true' } }),
      },
      'an account with an empty identity': { given: given('web', '') },
    },
  },
})

function grouped(
  resources: readonly Resource[],
  keyOf: (resource: Resource) => string | undefined,
): Map<string, Resource[]> {
  const groups = new Map<string, Resource[]>()
  for (const resource of resources) {
    const key = keyOf(resource)
    if (key === undefined) continue
    const known = groups.get(key)
    if (known) known.push(resource)
    else groups.set(key, [resource])
  }
  return groups
}
