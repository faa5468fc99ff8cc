// Rule: a pod gets the token of its ServiceAccount only where somebody asked for it.

import { setAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { serviceAccount } from '../../../samples/objects.ts'
import { cronJob, deployment, pod } from '../../../samples/pods.ts'
import { mountsToken, serviceAccountOf } from './service-account-of.ts'

const off = { automountServiceAccountToken: false }

export const rule = defineRule({
  id: 'service-account-token',
  title: 'The token of the ServiceAccount is not mounted into the pod',
  severity: 'medium',
  subject: 'PodTemplate',
  reads: ['ServiceAccount'],
  parameters: {
    decidedBy: {
      type: 'string',
      default: 'pod-or-service-account',
      oneOf: ['pod-or-service-account', 'pod'],
      description: 'Who may turn the token off: the pod or its ServiceAccount, or the pod alone.',
    },
  },
  rationale:
    'Whoever gets into a container finds the token there and can do in the cluster what the ServiceAccount may. Most pods never call the API server.',
  remediation:
    'Set automountServiceAccountToken: false in the pod, or on its ServiceAccount. A pod that needs the API keeps its token, with an exception or better by a projected volume with an audience and a short life.',
  references: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
    'https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken',
  ],

  *violations(pod, { parameters: { decidedBy }, lookup }) {
    const account = serviceAccountOf(pod)
    if (!account) return
    const own = pod.spec.automountServiceAccountToken
    const isMounted = decidedBy === 'pod' ? own !== false : mountsToken(pod, account, lookup)
    if (isMounted)
      yield {
        path: `${pod.path}.automountServiceAccountToken`,
        actual: own,
        expected:
          decidedBy === 'pod' || own !== undefined
            ? 'false'
            : `false here, or on the ServiceAccount ${account.name}`,
      }
  },

  fix: (violation, pod) => setAt(pod.resource, violation.path, false),

  examples: {
    fail: {
      'nobody says anything': { given: pod(), at: ['spec.automountServiceAccountToken'] },
      'the pod asks for it, against its ServiceAccount': {
        given: pod({ serviceAccountName: 'web', automountServiceAccountToken: true }),
        with: [serviceAccount({}, off)],
      },
      'a ServiceAccount that says nothing': {
        given: deployment({ serviceAccountName: 'web' }),
        with: [serviceAccount()],
        at: ['spec.template.spec.automountServiceAccountToken'],
      },
      'another ServiceAccount turns it off': {
        given: deployment({ serviceAccountName: 'web' }),
        with: [serviceAccount({ name: 'api' }, off)],
      },
      'the ServiceAccount of that name of another namespace': {
        given: cronJob({ serviceAccountName: 'web' }),
        with: [serviceAccount({ namespace: 'other' }, off)],
      },
      'the ServiceAccount turns it off, where the pod must': {
        given: pod({ serviceAccountName: 'web' }),
        with: [serviceAccount({}, off)],
        parameters: { decidedBy: 'pod' },
      },
    },
    pass: {
      'the pod turns it off': { given: pod(off) },
      'the pod turns it off, against its ServiceAccount': {
        given: cronJob({ serviceAccountName: 'web', ...off }),
        with: [serviceAccount({}, { automountServiceAccountToken: true })],
      },
      'the ServiceAccount turns it off': {
        given: deployment({ serviceAccountName: 'web' }),
        with: [serviceAccount({}, off)],
      },
      'named by the old field': {
        given: deployment({ serviceAccount: 'web' }),
        with: [serviceAccount({}, off)],
      },
      'the default ServiceAccount turns it off': {
        given: pod(),
        with: [serviceAccount({ name: 'default' }, off)],
      },
      'a static pod can have none': {
        given: pod({
          metadata: {
            annotations: { 'kubernetes.io/config.mirror': '7d1f' },
            ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'worker-1', controller: true }],
          },
        }),
      },
    },
  },
})
