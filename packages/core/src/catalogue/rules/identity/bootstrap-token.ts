// Rule: no bootstrap token is left in the cluster.

import { readSecret } from '../../../kube/kinds/secret.ts'
import type { Resource } from '../../../model/resource.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'

const tokenType = 'bootstrap.kubernetes.io/token'
const tokenName = /^bootstrap-token-[a-z0-9]{6}$/
const secret = (name: string, type?: string, namespace = 'kube-system'): Resource =>
  object('v1', 'Secret', { name, namespace }, type === undefined ? {} : { type })

export const rule = defineRule({
  id: 'bootstrap-token',
  title: 'No bootstrap token is left in the cluster',
  severity: 'medium',
  subject: 'Secret',
  rationale:
    'Whoever has a bootstrap token joins a machine to the cluster, which then gets pods, and their Secrets with them; tokens without an expiry are good for ever.',
  remediation:
    'Delete the Secret, or by kubeadm token delete, once the nodes have joined; make tokens with a short --ttl.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/'],

  *violations(resource) {
    const { type, metadata } = readSecret(resource)
    const { name } = metadata
    // The API server takes tokens from Secrets of this namespace and name alone.
    if (metadata.namespace !== 'kube-system' || name === undefined || !tokenName.test(name)) return
    // Of Secrets in a cluster only the metadata is read, and the name says it.
    if (type === undefined) yield { path: 'metadata.name', actual: name, expected: 'no Secret of this name' }
    else if (type === tokenType) yield { path: 'type', actual: type, expected: 'no Secret of this type' }
  },

  examples: {
    fail: {
      'by its name and type': { given: secret('bootstrap-token-07401b', tokenType), at: ['type'] },
      'by its name, where only metadata was read': {
        given: secret('bootstrap-token-abcdef'),
        at: ['metadata.name'],
      },
    },
    pass: {
      'another namespace, where it has no effect': {
        given: secret('bootstrap-token-abcdef', tokenType, 'shop'),
      },
      'another name': { given: secret('bootstrap-token-long-name', tokenType) },
      'another type': { given: secret('bootstrap-token-abcdef', 'Opaque') },
      'no name yet': {
        given: object('v1', 'Secret', {
          name: undefined,
          generateName: 'bootstrap-token-',
          namespace: 'kube-system',
        } as never),
      },
      'a longer name around it': { given: secret('x-bootstrap-token-abcdef', tokenType) },
      'an ordinary Secret': { given: secret('db', 'Opaque') },
    },
  },
})
