// Rule: nobody may do anything without logging in.

import { nameOf } from '../../../kube/asset-key.ts'
import { isDefaultBinding } from '../../../kube/rbac/defaults.ts'
import { anonymous, type BoundSubject, unauthenticated } from '../../../kube/rbac/identity.ts'
import { defineRule } from '../../../model/rule.ts'
import {
  allow,
  clusterRole,
  clusterRoleBinding,
  group,
  role,
  roleBinding,
  user,
} from '../../../samples/rbac.ts'
import { isNamedBy } from './accepted-names.ts'
import { bindingParameters, bindingRule, subjectViolations } from './bound-role.ts'
import { givesPublicInformation, publicParameters } from './public-information.ts'

const isAnonymous = ({ kind, name }: BoundSubject) => kind === 'User' && name === anonymous
const isUnauthenticated = ({ kind, name }: BoundSubject) => kind === 'Group' && name === unauthenticated
const anybody: Readonly<Record<string, (subject: BoundSubject) => boolean>> = {
  both: subject => isAnonymous(subject) || isUnauthenticated(subject),
  user: isAnonymous,
  group: isUnauthenticated,
}

export const rule = defineRule({
  ...bindingRule,
  id: 'anonymous-binding',
  title: 'No binding gives rights to those who have not logged in',
  severity: 'high',
  parameters: {
    ...bindingParameters,
    ...publicParameters,
    who: {
      type: 'string',
      default: 'both',
      oneOf: ['both', 'user', 'group'],
      description: 'Whether the user system:anonymous counts, the group system:unauthenticated, or both.',
    },
  },
  rationale:
    'The user system:anonymous and the group system:unauthenticated are everybody who can reach the API server, without a password, a token or a certificate.',
  remediation: 'Take the subject out, and bind those who need the rights by their own names.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests'],

  *violations(resource, { parameters, lookup }) {
    const found = [
      ...subjectViolations(resource, anybody[parameters.who] ?? isAnonymous, 'somebody who has logged in'),
    ]
    if (found.length === 0) return
    if (isDefaultBinding(resource) || isNamedBy(parameters.except, nameOf(resource))) return
    if (parameters.allowPublic && givesPublicInformation(resource, lookup, 'all')) return
    yield* found
  },

  examples: {
    fail: {
      'the user': { given: clusterRoleBinding('view', [user('system:anonymous')]), at: ['subjects[0]'] },
      'the group, in a namespace': {
        given: roleBinding('web', [user('jane'), group('system:unauthenticated')]),
        at: ['subjects[1]'],
      },
      'the user, where the user counts': {
        given: clusterRoleBinding('view', [group('system:unauthenticated'), user('system:anonymous')]),
        parameters: { who: 'user' },
        at: ['subjects[1]'],
      },
      'the group, where the group counts': {
        given: clusterRoleBinding('view', [group('system:unauthenticated'), user('system:anonymous')]),
        parameters: { who: 'group' },
        at: ['subjects[0]'],
      },
      'a role that lists the APIs, as the server bound it until 1.13': {
        given: clusterRoleBinding('system:discovery', [group('system:unauthenticated')], {
          name: 'system:discovery',
          labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
        }),
      },
      'public information, where that counts too': {
        given: clusterRoleBinding('system:public-info-viewer', [user('system:anonymous')]),
        parameters: { allowPublic: false },
      },
      'more of kube-public than where the cluster is': {
        given: roleBinding('kube-public-everything', [user('system:anonymous')], {
          namespace: 'kube-public',
        }),
        with: [role([allow('*', '*')], { name: 'kube-public-everything', namespace: 'kube-public' })],
      },
      'another ConfigMap of kube-public': {
        given: roleBinding('kube-public-other', [user('system:anonymous')], { namespace: 'kube-public' }),
        with: [
          role([allow('get', 'configmaps', '', 'other')], {
            name: 'kube-public-other',
            namespace: 'kube-public',
          }),
        ],
      },
      'a ConfigMap of that name in another namespace': {
        given: roleBinding('cluster-info-reader', [user('system:anonymous')]),
        with: [role([allow('get', 'configmaps', '', 'cluster-info')], { name: 'cluster-info-reader' })],
      },
      'ConfigMaps of that name in every namespace': {
        given: clusterRoleBinding('cluster-info-readers', [user('system:anonymous')], {
          namespace: 'kube-public',
        }),
        with: [
          clusterRole([allow('get', 'configmaps', '', 'cluster-info')], { name: 'cluster-info-readers' }),
        ],
      },
      'webhooks of OpenShift, which start builds': {
        given: clusterRoleBinding('system:webhook', [group('system:unauthenticated')]),
        with: [
          clusterRole([allow(['get', 'create'], 'buildconfigs/webhooks', 'build.openshift.io')], {
            name: 'system:webhook',
          }),
        ],
      },
      'impersonation of more than scopes': {
        given: clusterRoleBinding('system:scope-impersonation', [group('system:unauthenticated')]),
        with: [
          clusterRole([allow('impersonate', 'userextras', 'authentication.k8s.io')], {
            name: 'system:scope-impersonation',
          }),
        ],
      },
      'public information and more in one role': {
        given: clusterRoleBinding('version-and-pods', [user('system:anonymous')]),
        with: [
          clusterRole([{ nonResourceURLs: ['/version'], verbs: ['get'] }, allow('get', 'pods')], {
            name: 'version-and-pods',
          }),
        ],
      },
    },
    pass: {
      somebody: { given: clusterRoleBinding('cluster-admin', [user('jane'), group('dev')]) },
      'the group, where the user counts': {
        given: clusterRoleBinding('view', [group('system:unauthenticated')]),
        parameters: { who: 'user' },
      },
      'the user, where the group counts': {
        given: clusterRoleBinding('view', [user('system:anonymous')]),
        parameters: { who: 'group' },
      },
      'names that sound like it': {
        given: clusterRoleBinding('view', [group('system:anonymous'), user('system:unauthenticated')]),
      },
      'the binding of the server': {
        given: clusterRoleBinding(
          'system:public-info-viewer',
          [group('system:authenticated'), group('system:unauthenticated')],
          { name: 'system:public-info-viewer', labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } },
        ),
      },
      'where nodes that join find the cluster': {
        given: roleBinding('kubeadm:bootstrap-signer-clusterinfo', [user('system:anonymous')], {
          namespace: 'kube-public',
        }),
        with: [
          role([allow('get', 'configmaps', '', 'cluster-info')], {
            name: 'kubeadm:bootstrap-signer-clusterinfo',
            namespace: 'kube-public',
          }),
        ],
      },
      'the keys that tokens are checked by': {
        given: clusterRoleBinding('issuer-keys', [group('system:unauthenticated')]),
        with: [
          clusterRole([{ nonResourceURLs: ['/openid/v1/jwks'], verbs: ['get'] }], { name: 'issuer-keys' }),
        ],
      },
      'what OpenShift gives so that people can log in': {
        given: clusterRoleBinding('for-all', [group('system:unauthenticated')]),
        with: [
          clusterRole(
            [
              allow('create', 'selfsubjectrulesreviews', ['', 'authorization.openshift.io']),
              allow('create', 'selfsubjectaccessreviews', 'authorization.k8s.io'),
              allow('impersonate', 'userextras/scopes.authorization.openshift.io', 'authentication.k8s.io'),
              allow('delete', ['oauthaccesstokens', 'oauthauthorizetokens'], ['', 'oauth.openshift.io']),
              { nonResourceURLs: ['/.well-known', '/version/*'], verbs: ['get'] },
            ],
            { name: 'for-all' },
          ),
        ],
      },
      'an accepted binding': {
        given: clusterRoleBinding('view', [user('system:anonymous')], { name: 'team-a' }),
        parameters: { except: ['team-*'] },
      },
      'the binding of the server, where public information counts too': {
        given: clusterRoleBinding(
          'system:public-info-viewer',
          [group('system:authenticated'), group('system:unauthenticated')],
          { name: 'system:public-info-viewer', labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } },
        ),
        parameters: { allowPublic: false },
      },
      'health and version, by a binding of one’s own': {
        given: clusterRoleBinding('system:public-info-viewer', [user('system:anonymous')]),
      },
      'health and version, in kube-public': {
        given: roleBinding(
          'system:public-info-viewer',
          [user('system:anonymous')],
          { namespace: 'kube-public' },
          'ClusterRole',
        ),
      },
    },
  },
})
