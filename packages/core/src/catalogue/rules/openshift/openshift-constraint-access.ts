// Rule: powerful security context constraints name nobody but OpenShift itself.

import { isOwnGroup, isOwnUser, powersOf } from '../../../kube/openshift/constraints.ts'
import { constraintsKind, readConstraints } from '../../../kube/openshift/kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { constraints } from '../../../samples/openshift.ts'
import { acceptedParameter } from './accepted-subjects.ts'

const privileged = (fields: Readonly<Record<string, unknown>>) =>
  constraints('privileged', { allowPrivilegedContainer: true, ...fields })

export const rule = defineRule({
  id: 'openshift-constraint-access',
  title: 'Powerful security context constraints name nobody but OpenShift itself',
  severity: 'high',
  subject: constraintsKind,
  absent: 'not-collected',
  parameters: acceptedParameter,
  rationale:
    'Whoever constraints name may create pods with all that these allow; with privileged ones they take over the node.',
  remediation:
    'Take the user or group out of the constraints, and bind a role that may use constraints with just the powers needed.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/authentication_and_authorization/managing-pod-security-policies',
  ],

  *violations(resource, { parameters }) {
    const own = readConstraints(resource)
    const powers = powersOf(own)
    if (powers.length === 0) return
    const { users = [], groups = [] } = own
    const expected = `nobody but OpenShift itself, since they allow ${powers.join(', ')}`
    for (const [i, name] of users.entries())
      if (!isOwnUser(name) && !parameters.accepted.includes(name))
        yield { path: `users[${i}]`, actual: name, expected, discriminator: `User ${name}` }
    for (const [i, name] of groups.entries())
      if (!isOwnGroup(name) && !parameters.accepted.includes(name))
        yield { path: `groups[${i}]`, actual: name, expected, discriminator: `Group ${name}` }
  },

  examples: {
    fail: {
      'everybody who has logged in': {
        given: privileged({ groups: ['system:masters', 'system:authenticated'] }),
        at: ['groups[1]'],
      },
      'an account of an application': {
        given: privileged({ users: ['system:admin', 'system:serviceaccount:shop:web'] }),
        at: ['users[1]'],
      },
      'any user, to a group': {
        given: constraints('anyuid', { runAsUser: { type: 'RunAsAny' }, groups: ['dev'] }),
      },
      'a group, where another is accepted': {
        given: privileged({ groups: ['dev', 'ops'] }),
        parameters: { accepted: ['ops'] },
        at: ['groups[0]'],
      },
    },
    pass: {
      'no users and groups': {
        given: constraints('privileged', {
          allowPrivilegedContainer: true,
          users: undefined,
          groups: undefined,
        }),
      },
      'what OpenShift brings': {
        given: privileged({
          users: ['system:admin', 'system:serviceaccount:openshift-infra:build-controller'],
          groups: ['system:cluster-admins', 'system:nodes', 'system:masters'],
        }),
      },
      'nobody at all': { given: privileged({}) },
      'restricted ones, for everybody': {
        given: constraints('restricted', { groups: ['system:authenticated'] }),
      },
      'accepted names': {
        given: privileged({ users: ['jane'], groups: ['ops'] }),
        parameters: { accepted: ['ops', 'jane'] },
      },
    },
  },
})
