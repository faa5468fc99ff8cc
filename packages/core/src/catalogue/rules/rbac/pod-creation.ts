// Rule: no role may create or change pods and what makes them.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

export const rule = defineRule({
  ...roleRule,
  id: 'pod-creation',
  title: 'No role may create or change pods and workloads',
  severity: 'medium',
  parameters: roleParameters,
  rationale:
    'Who decides what a pod runs can run it as any ServiceAccount of the namespace, mount its Secrets and volumes and, where no admission control holds, take its node.',
  remediation:
    'Give it to the people and controllers that deploy, in their own namespaces, and have Pod Security admission limit what they may run.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation'],

  violations: (resource, context) => roleViolations(resource, rights.runPods, context),

  examples: {
    fail: {
      pods: { given: role([allow('create', 'pods')]), at: ['rules[0].verbs'] },
      'an image changed in a running pod': { given: role([allow('patch', 'pods')]) },
      'by a controller of another group': { given: role([allow('create', 'deployments', 'apps')]) },
      'by a Job': {
        given: clusterRole([allow('get', 'jobs'), allow('create', 'jobs', 'batch')]),
        at: ['rules[1].verbs'],
      },
      'by an old group': { given: role([allow('update', 'daemonsets', 'extensions')]) },
      'every group': { given: role([allow('update', 'statefulsets', '*')]) },
      'all resources of a group': { given: clusterRole([allow('*', '*', 'batch')]) },
      'a right to one workload by its name, where that counts': {
        given: role([allow('patch', 'deployments', 'apps', 'web')]),
        parameters: { named: true },
      },
    },
    pass: {
      reading: { given: role([allow(['get', 'list', 'watch'], 'pods')]) },
      deleting: { given: role([allow(['delete', 'deletecollection'], 'pods')]) },
      'a controller in a group that does not serve it': { given: role([allow('create', 'deployments')]) },
      'a singular': { given: role([allow('create', ['pod', 'deployment'], ['', 'apps'])]) },
      'a foreign kind of that name': { given: role([allow('create', 'jobs', 'kueue.example.com')]) },
      subresources: { given: role([allow('create', ['pods/eviction', 'pods/binding'])]) },
      'one workload by its name': { given: role([allow('patch', 'deployments', 'apps', 'web')]) },
      'a role of the server': {
        given: serverRole('system:controller:job-controller', [allow('create', 'pods')]),
      },
    },
  },
})
