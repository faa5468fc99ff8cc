// Rule: no role may approve certificate requests.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

const certificates = 'certificates.k8s.io'

export const rule = defineRule({
  ...roleRule,
  id: 'csr-approval',
  title: 'No role may approve certificate requests',
  severity: 'high',
  parameters: roleParameters,
  rationale:
    'Who may approve certificate requests can have a certificate issued for any user and group that the cluster trusts, and it cannot be revoked.',
  remediation:
    'Leave approval to administrators and to an approver that is limited by resourceNames to one signer, such as kubernetes.io/kubelet-serving.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#csrs-and-certificate-issuing',
  ],

  violations: (resource, context) => roleViolations(resource, rights.approveCertificates, context),

  examples: {
    fail: {
      'the approval': {
        given: clusterRole([allow('update', 'certificatesigningrequests/approval', certificates)]),
        at: ['rules[0].verbs'],
      },
      'the right that the signers ask for': {
        given: clusterRole([allow('approve', 'signers', certificates)]),
      },
      'every group': {
        given: clusterRole([allow('*', ['pods', 'certificatesigningrequests/approval'], '*')]),
      },
      'in a Role, where that counts': {
        given: role([allow('update', 'certificatesigningrequests/approval', certificates)]),
        parameters: { ineffective: true },
      },
    },
    pass: {
      'making requests': {
        given: clusterRole([allow(['create', 'get', 'list'], 'certificatesigningrequests', certificates)]),
      },
      'one signer by its name': {
        given: clusterRole([allow('approve', 'signers', certificates, 'kubernetes.io/kubelet-serving')]),
      },
      'in a Role, which cannot grant it': {
        given: role([allow('update', 'certificatesigningrequests/approval', certificates)]),
      },
      'another group': { given: clusterRole([allow('approve', 'signers', 'cert-manager.io')]) },
      'a role of the server': {
        given: serverRole('system:controller:certificate-controller', [
          allow(
            'update',
            ['certificatesigningrequests/approval', 'certificatesigningrequests/status'],
            certificates,
          ),
        ]),
      },
    },
  },
})
