// Rule: a ServiceAccount that has rights is used by pods.

import { nameOf, namespaceOf } from '../../../kube/asset-key.ts'
import { bindingKinds, boundAccounts } from '../../../kube/identity/bound-accounts.ts'
import { accountsUsedIn, podMakers } from '../../../kube/identity/used-accounts.ts'
import { defineRule } from '../../../model/rule.ts'
import { object, serviceAccount } from '../../../samples/objects.ts'
import { cronJob, deployment, pod } from '../../../samples/pods.ts'

const bound = (name: string, namespace = 'shop', metadata: object = {}, role = 'edit') =>
  object(
    'rbac.authorization.k8s.io/v1',
    'ClusterRoleBinding',
    { name: 'deploy', ...metadata },
    {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
  )

/** The metadata of one of the bindings that the API server makes. */
const serversOwn = {
  name: 'system:controller:job-controller',
  labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
}

export const rule = defineRule({
  id: 'service-account-without-pods',
  title: 'A ServiceAccount that has rights is used by pods',
  severity: 'low',
  subject: 'ServiceAccount',
  reads: [...bindingKinds, ...podMakers],
  rationale:
    'Its rights are used from outside the cluster, by people or pipelines that share its token, or by nobody; in both cases nobody would miss a stolen one.',
  remediation:
    'Delete the account and its bindings where nothing uses them; let people and pipelines sign in as themselves, through OpenID Connect.',
  references: [
    'https://kubernetes.io/docs/concepts/security/service-accounts/',
    'https://kubernetes.io/docs/concepts/security/hardening-guide/authentication-mechanisms/#service-account-tokens',
  ],

  *violations(resource, { lookup }) {
    const name = nameOf(resource)
    const namespace = namespaceOf(resource)
    const binding = lookup.derive(boundAccounts).get(`${namespace}/${name}`)
    // Every namespace has an account of this name, whether it is wanted or not.
    if (!binding || name === 'default' || lookup.deriveIn(accountsUsedIn, namespace).has(name)) return
    yield {
      path: 'metadata.name',
      actual: name,
      expected: `pods that run as it, or no ${binding.kind} ${nameOf(binding)} for it`,
    }
  },

  examples: {
    fail: {
      'bound, and used by nothing': {
        given: serviceAccount({ name: 'pipeline' }),
        with: [bound('pipeline'), deployment({ serviceAccountName: 'web' })],
        at: ['metadata.name'],
      },
      'bound by a RoleBinding, without the namespace': {
        given: serviceAccount({ name: 'robot' }),
        with: [
          object(
            'rbac.authorization.k8s.io/v1',
            'RoleBinding',
            { name: 'r', namespace: 'shop' },
            { subjects: [{ kind: 'ServiceAccount', name: 'robot' }] },
          ),
        ],
      },
      'bound by what bears the label and name of a binding of the server’s, and is not it': {
        given: serviceAccount({ name: 'robot' }),
        with: [bound('robot', 'shop', serversOwn, 'system:controller:job-controller')],
      },
      'bound by its user name': {
        given: serviceAccount({ name: 'robot' }),
        with: [
          object(
            'rbac.authorization.k8s.io/v1',
            'ClusterRoleBinding',
            { name: 'r' },
            { subjects: [{ kind: 'User', name: 'system:serviceaccount:shop:robot' }] },
          ),
        ],
      },
      'used in another namespace': {
        given: serviceAccount({ name: 'pipeline' }),
        with: [bound('pipeline'), pod({ serviceAccountName: 'pipeline', metadata: { namespace: 'other' } })],
      },
    },
    pass: {
      'used by a Deployment': {
        given: serviceAccount(),
        with: [bound('web'), deployment({ serviceAccountName: 'web' })],
      },
      'used by a CronJob, by the old field': {
        given: serviceAccount(),
        with: [bound('web'), cronJob({ serviceAccount: 'web' })],
      },
      'not bound': { given: serviceAccount() },
      'bound is one of another namespace': { given: serviceAccount(), with: [bound('web', 'other')] },
      'bound is a user of that name': {
        given: serviceAccount(),
        with: [
          object(
            'rbac.authorization.k8s.io/v1',
            'ClusterRoleBinding',
            {},
            { subjects: [{ kind: 'User', name: 'web' }] },
          ),
        ],
      },
      'a controller of the cluster’s own, which asks for its token itself': {
        given: serviceAccount({ name: 'job-controller', namespace: 'kube-system' }),
        with: [bound('job-controller', 'kube-system', serversOwn, 'system:controller:job-controller')],
      },
      'the default account': { given: serviceAccount({ name: 'default' }), with: [bound('default')] },
    },
  },
})
