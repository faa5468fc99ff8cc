// Rule: the kubelet is told to refuse every container that would run as root.

import { setAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, pod, podWith } from '../../../samples/pods.ts'
import { isRelaxedByUserNamespace, versionParameter } from './policy-version.ts'
import { containersNamed, settersNamed } from './wording.ts'

const nonRoot = (runAsNonRoot: boolean) => ({ securityContext: { runAsNonRoot } })

export const rule = defineRule({
  id: 'run-as-non-root',
  title: 'Every container must run as a user other than root',
  severity: 'medium',
  subject: 'PodTemplate',
  parameters: { version: versionParameter },
  rationale:
    'Root in a container is root on the node as soon as something else gives way; runAsNonRoot makes the kubelet refuse an image that starts as root.',
  remediation:
    'Set securityContext.runAsNonRoot to true on the pod, and give the image a user or the pod a runAsUser other than 0.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],

  *violations(pod, { parameters: { version } }) {
    if (isRelaxedByUserNamespace(pod, version)) return
    const ofPod = pod.spec.securityContext?.runAsNonRoot
    if (ofPod === false)
      yield { path: `${pod.path}.securityContext.runAsNonRoot`, actual: false, expected: 'true' }
    for (const { path, name, securityContext } of pod.containers) {
      const own = securityContext?.runAsNonRoot
      // A container that says nothing runs with the pod's word, which is judged above.
      if (own === false || (own === undefined && ofPod === undefined))
        yield {
          path: `${path}.securityContext.runAsNonRoot`,
          actual: own,
          expected: 'true',
          discriminator: name,
        }
    }
  },

  fix: (violation, pod) =>
    setAt(
      pod.resource,
      violation.actual === false ? violation.path : `${pod.path}.securityContext.runAsNonRoot`,
      true,
    ),

  admission: {
    check: 'runAsNonRoot',
    denial(pod, violations) {
      const reason = 'runAsNonRoot != true'
      const refused = violations.filter(({ actual }) => actual === false)
      return refused.length > 0
        ? { reason, detail: `${settersNamed(pod, refused)} must not set securityContext.runAsNonRoot=false` }
        : {
            reason,
            detail: `pod or ${containersNamed(pod, violations)} must set securityContext.runAsNonRoot=true`,
          }
    },
  },

  examples: {
    fail: {
      'nothing said': {
        given: podWith({}, {}),
        at: [
          'spec.containers[0].securityContext.runAsNonRoot',
          'spec.containers[1].securityContext.runAsNonRoot',
        ],
      },
      'one of two containers says nothing': {
        given: podWith(nonRoot(true), {}),
        at: ['spec.containers[1].securityContext.runAsNonRoot'],
      },
      'a container says otherwise': {
        given: pod({ ...nonRoot(true), containers: [container(nonRoot(false))] }),
        at: ['spec.containers[0].securityContext.runAsNonRoot'],
      },
      'the pod says otherwise, though its container does not': {
        given: pod({ ...nonRoot(false), containers: [container(nonRoot(true))] }),
        at: ['spec.securityContext.runAsNonRoot'],
      },
      'a user is not the flag': { given: pod({ securityContext: { runAsUser: 1000 } }) },
      'an init container': {
        given: pod({ containers: [container(nonRoot(true))], initContainers: [container({ name: 'init' })] }),
      },
      'in a CronJob': { given: cronJob() },
      'a Windows pod': { given: pod({ os: { name: 'windows' } }) },
      'in a user namespace before 1.35': {
        given: pod({ hostUsers: false }),
        parameters: { version: '1.34' },
      },
    },
    pass: {
      'the pod says it for all': {
        given: pod({ ...nonRoot(true), initContainers: [container({ name: 'init' })] }),
      },
      'each container says it': { given: podWith(nonRoot(true), nonRoot(true)) },
      'in a user namespace from 1.35': {
        given: pod({ hostUsers: false }),
        parameters: { version: '1.35' },
      },
    },
  },
})
