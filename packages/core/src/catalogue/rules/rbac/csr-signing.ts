// Rule: no role may sign certificate requests.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

const certificates = 'certificates.k8s.io'

export const rule = defineRule({
  ...roleRule,
  id: 'csr-signing',
  title: 'No role may sign certificate requests',
  severity: 'high',
  parameters: roleParameters,
  rationale:
    'Who may sign for a signer decides which certificates are given in its name: for the signers of Kubernetes, those of users, nodes and kubelets.',
  remediation:
    'Leave signing to kube-controller-manager and to signers of your own, each limited by resourceNames to its own name.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#csrs-and-certificate-issuing',
    'https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#signers',
  ],

  violations: (resource, context) =>
    roleViolations(resource, rights.signForSigners, context, {
      countsNamed: names => names.some(name => name.startsWith('kubernetes.io/')),
    }),

  examples: {
    fail: {
      'for every signer': {
        given: clusterRole([allow(['sign', 'attest'], 'signers', certificates)]),
        at: ['rules[0].verbs'],
      },
      'every group': { given: clusterRole([allow('get', 'pods'), allow('*', 'signers', '*')]) },
      'a signer of Kubernetes by its name': {
        given: clusterRole([allow('sign', 'signers', certificates, 'kubernetes.io/kube-apiserver-client')]),
      },
      'a signer of Kubernetes among others': {
        given: clusterRole([
          allow('sign', 'signers', certificates, ['example.com/mesh', 'kubernetes.io/kubelet-serving']),
        ]),
      },
    },
    pass: {
      'the status, which takes no certificate without that': {
        given: clusterRole([allow('update', 'certificatesigningrequests/status', certificates)]),
      },
      reading: { given: clusterRole([allow('get', 'certificatesigningrequests/status', certificates)]) },
      'one signer by its name': {
        given: clusterRole([allow('sign', 'signers', certificates, 'example.com/mesh')]),
      },
      'in a Role, which cannot grant it': { given: role([allow('sign', 'signers', certificates)]) },
      'another group': { given: clusterRole([allow('sign', 'signers', 'cert-manager.io')]) },
      'a role of the server': {
        given: serverRole('system:controller:certificate-controller', [
          allow('sign', 'signers', certificates, [
            'kubernetes.io/kube-apiserver-client',
            'kubernetes.io/kubelet-serving',
          ]),
        ]),
      },
    },
  },
})
