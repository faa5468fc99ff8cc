// Rule: the account that came with the installation of OpenShift is gone.

import { oauthKind } from '../../../kube/openshift/kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'
import { oauth } from '../../../samples/openshift.ts'

const secret = (name: string, namespace: string) => object('v1', 'Secret', { name, namespace })

export const rule = defineRule({
  id: 'openshift-kubeadmin',
  title: 'The account that came with the installation of OpenShift is gone',
  severity: 'medium',
  subject: oauthKind,
  reads: ['Secret'],
  absent: 'not-collected',
  rationale:
    'Everybody who knows the password of kubeadmin is the same administrator of the cluster, and nobody can tell which of them did what.',
  remediation:
    'Delete the Secret kubeadmin in kube-system, once an identity provider works and its administrators have their rights.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/authentication_and_authorization/removing-kubeadmin',
  ],

  // One OAuth stands for the cluster.
  concerns: resource => resource.metadata.name === 'cluster',

  *violations(resource, { lookup }) {
    if (lookup.get('Secret', 'kube-system', 'kubeadmin'))
      yield {
        path: 'metadata.name',
        actual: resource.metadata.name,
        expected: 'no Secret kubeadmin in kube-system',
      }
  },

  examples: {
    fail: {
      'the Secret is there': {
        given: oauth(),
        with: [secret('kubeadmin', 'kube-system')],
        at: ['metadata.name'],
      },
    },
    pass: {
      'no Secret': { given: oauth() },
      'one of that name elsewhere': { given: oauth(), with: [secret('kubeadmin', 'shop')] },
      'another one there': { given: oauth(), with: [secret('kubeadmin-notes', 'kube-system')] },
    },
    unconcerned: {
      'an OAuth of another name, which counts for nothing': {
        given: { ...oauth(), metadata: { name: 'other' } },
      },
    },
  },
})
