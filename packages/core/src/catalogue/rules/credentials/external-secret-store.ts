// Rule: Secrets come from a store outside the cluster.

import { defineRule } from '../../../model/rule.ts'
import { namespace, object } from '../../../samples/objects.ts'

/** What takes Secrets from such a store, in use: an object of these kinds names a Secret there. */
const kinds = [
  'ClusterExternalSecret.external-secrets.io',
  'ExternalSecret.external-secrets.io',
  'SecretProviderClass.secrets-store.csi.x-k8s.io',
  'VaultDynamicSecret.secrets.hashicorp.com',
  'VaultStaticSecret.secrets.hashicorp.com',
]
const kubeSystem = namespace({ name: 'kube-system' })

export const rule = defineRule({
  id: 'external-secret-store',
  title: 'Secrets come from a store outside the cluster',
  severity: 'low',
  defaultEnabled: false,
  subject: 'Namespace',
  reads: kinds,
  absent: 'not-collected',
  rationale:
    'A store of secrets exchanges them, logs who reads them and serves all clusters; Secrets that are written by hand are copied and forgotten.',
  remediation:
    'Keep secrets in Vault, a cloud’s secret manager or the like, and bring them in by the External Secrets Operator, the Secrets Store CSI driver or the Vault Secrets Operator.',
  references: [
    'https://kubernetes.io/docs/concepts/security/secrets-good-practices/#use-third-party-secret-stores',
  ],

  // One namespace stands for the cluster.
  concerns: resource => resource.metadata.name === 'kube-system',

  *violations(resource, { lookup }) {
    if (kinds.some(kind => lookup.list(kind).length > 0)) return
    yield {
      path: 'metadata.name',
      actual: resource.metadata.name,
      expected: 'a cluster in which something takes Secrets from a store outside',
    }
  },

  examples: {
    fail: {
      nothing: { given: kubeSystem, at: ['metadata.name'] },
      'Secrets alone': {
        given: kubeSystem,
        with: [object('v1', 'Secret', { name: 'db' }, { type: 'Opaque' })],
      },
      'another kind of that name': { given: kubeSystem, with: [object('example.com/v1', 'ExternalSecret')] },
    },
    pass: {
      'the External Secrets Operator': {
        given: kubeSystem,
        with: [object('external-secrets.io/v1', 'ExternalSecret', { name: 'db', namespace: 'shop' })],
      },
      'the Secrets Store CSI driver': {
        given: kubeSystem,
        with: [
          object('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', { name: 'db', namespace: 'shop' }),
        ],
      },
      'one of External Secrets for all namespaces': {
        given: kubeSystem,
        with: [object('external-secrets.io/v1', 'ClusterExternalSecret', { name: 'db' })],
      },
      'a dynamic one of Vault': {
        given: kubeSystem,
        with: [
          object('secrets.hashicorp.com/v1beta1', 'VaultDynamicSecret', { name: 'db', namespace: 'shop' }),
        ],
      },
      'the Vault Secrets Operator': {
        given: kubeSystem,
        with: [
          object('secrets.hashicorp.com/v1beta1', 'VaultStaticSecret', { name: 'db', namespace: 'shop' }),
        ],
      },
    },
    unconcerned: { 'another namespace': { given: namespace() } },
  },
})
