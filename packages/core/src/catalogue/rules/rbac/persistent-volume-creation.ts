// Rule: no role may create PersistentVolumes.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

export const rule = defineRule({
  ...roleRule,
  id: 'persistent-volume-creation',
  title: 'No role may create PersistentVolumes',
  severity: 'high',
  parameters: roleParameters,
  rationale:
    'A PersistentVolume may be any directory of a node: who creates one and runs a pod that claims it reads and writes the node’s files, whatever Pod Security says of hostPath.',
  remediation:
    'Let people claim storage from a StorageClass, and leave PersistentVolumes to administrators and provisioners.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#persistent-volume-creation',
  ],

  violations: (resource, context) => roleViolations(resource, rights.createVolumes, context),

  examples: {
    fail: {
      create: { given: clusterRole([allow(['get', 'create'], 'persistentvolumes')]), at: ['rules[0].verbs'] },
      'all verbs': { given: clusterRole([allow('*', ['persistentvolumeclaims', 'persistentvolumes'])]) },
      'all resources': { given: clusterRole([allow('create', '*')]) },
      'a widened role of the server': {
        given: serverRole('system:controller:pv-protection-controller', [
          allow(['get', 'create'], 'persistentvolumes'),
        ]),
      },
    },
    pass: {
      claims: { given: role([allow('create', 'persistentvolumeclaims')]) },
      'reading and deleting': { given: clusterRole([allow(['get', 'list', 'delete'], 'persistentvolumes')]) },
      'in a Role, which cannot grant it': { given: role([allow('create', 'persistentvolumes')]) },
      'another group': { given: clusterRole([allow('create', 'persistentvolumes', 'storage.example.com')]) },
      'a role of the server': {
        given: serverRole('system:persistent-volume-provisioner', [
          allow(['create', 'delete', 'get'], 'persistentvolumes'),
        ]),
      },
    },
  },
})
