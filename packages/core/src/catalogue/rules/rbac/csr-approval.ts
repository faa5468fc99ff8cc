// Rule: no role may approve certificate requests.

import { type PolicyRule, readRole } from '../../../kube/rbac/kinds.ts'
import { grantedVerbs } from '../../../kube/rbac/right.ts'
import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

const certificates = 'certificates.k8s.io'

/** By these kube-controller-manager signs certificates that the API server takes for users or nodes. */
const signersOfUsers = [
  'kubernetes.io/kube-apiserver-client',
  'kubernetes.io/kube-apiserver-client-kubelet',
  'kubernetes.io/*',
]
const isOfUsers = (name: string) => signersOfUsers.includes(name)
const approves = (one: PolicyRule) =>
  rights.approveForSigners.some(right => grantedVerbs(one, right).length > 0)

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

  violations(resource, context) {
    const { rules = [] } = readRole(resource)
    // Where approval is limited to some signers, it is they that decide what it is worth.
    const isLimited = rules.some(one => one.resourceNames?.length && approves(one))
    const counted = isLimited
      ? rights.approveForSigners
      : [...rights.writeApprovals, ...rights.approveForSigners]
    return roleViolations(resource, counted, context, { countsNamed: names => names.some(isOfUsers) })
  },

  examples: {
    fail: {
      'the approval': {
        given: clusterRole([allow('update', 'certificatesigningrequests/approval', certificates)]),
        at: ['rules[0].verbs'],
      },
      'the right that the signers ask for': {
        given: clusterRole([allow('approve', 'signers', certificates)]),
      },
      'a signer of certificates for any user, by its name': {
        given: clusterRole([
          allow('update', 'certificatesigningrequests/approval', certificates),
          allow('approve', 'signers', certificates, [
            'example.com/mesh',
            'kubernetes.io/kube-apiserver-client',
          ]),
        ]),
        at: ['rules[1].verbs'],
      },
      'all signers of Kubernetes': {
        given: clusterRole([allow('approve', 'signers', certificates, 'kubernetes.io/*')]),
      },
      'every group': {
        given: clusterRole([allow('*', ['pods', 'certificatesigningrequests/approval'], '*')]),
      },
      'in a Role, where that counts': {
        given: role([allow('update', 'certificatesigningrequests/approval', certificates)]),
        parameters: { ineffective: true },
      },
      'the signer of certificates for nodes, by its name': {
        given: clusterRole([
          allow('approve', 'signers', certificates, 'kubernetes.io/kube-apiserver-client-kubelet'),
        ]),
      },
      'the approval, beside other things by name': {
        given: clusterRole([
          allow('update', 'certificatesigningrequests/approval', certificates),
          allow('get', 'signers', certificates, 'example.com/mesh'),
          allow('get', 'configmaps', '', 'settings'),
        ]),
        at: ['rules[0].verbs'],
      },
      'the approval, and every signer': {
        given: clusterRole([
          allow('update', 'certificatesigningrequests/approval', certificates),
          allow('approve', 'signers', certificates),
        ]),
        at: ['rules[0].verbs', 'rules[1].verbs'],
      },
    },
    pass: {
      'making requests': {
        given: clusterRole([allow(['create', 'get', 'list'], 'certificatesigningrequests', certificates)]),
      },
      'a signer of certificates that are for no user': {
        given: clusterRole([
          allow('update', 'certificatesigningrequests/approval', certificates),
          allow('approve', 'signers', certificates, ['kubernetes.io/kubelet-serving', 'example.com/mesh']),
        ]),
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
      'no list of rules': { given: { ...clusterRole([]), rules: undefined } },
    },
  },
})
