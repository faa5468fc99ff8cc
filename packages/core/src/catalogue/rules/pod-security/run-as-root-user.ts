// Rule: nobody asks for root's user id.

import { isFrom } from '../../../model/kubernetes-version.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, deployment, pod, podWith, podWithEphemeral, podWithInit } from '../../../samples/pods.ts'
import { firstMinor, isRelaxedByUserNamespace, versionParameter } from './policy-version.ts'
import { settingsOf } from './security-settings.ts'
import { settersNamed } from './wording.ts'

const user = (runAsUser: number) => ({ securityContext: { runAsUser } })

export const rule = defineRule({
  id: 'run-as-root-user',
  title: 'No pod or container sets runAsUser to root',
  severity: 'high',
  subject: 'PodTemplate',
  parameters: { version: versionParameter },
  rationale:
    'With runAsUser 0 a container runs as root even from an image made for another user, and root is what most ways out of a container need.',
  remediation: 'Set runAsUser to an id other than 0, or leave it to the image and set runAsNonRoot.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  faultFields: ['runAsUser'],

  *violations(pod, { parameters: { version } }) {
    if (isRelaxedByUserNamespace(pod, version)) return
    for (const { value, path, finding } of settingsOf(pod, 'runAsUser'))
      if (value === 0) yield { ...finding, path, actual: value, expected: 'unset or not 0' }
  },

  admission: {
    check: 'runAsUser',
    denial: (pod, violations, { version }) =>
      isFrom(version, firstMinor.runAsUser)
        ? { reason: 'runAsUser=0', detail: `${settersNamed(pod, violations)} must not set runAsUser=0` }
        : undefined,
  },

  examples: {
    fail: {
      'the pod': { given: pod(user(0)), at: ['spec.securityContext.runAsUser'] },
      'the pod, though its container has another': {
        given: pod({ ...user(0), containers: [container(user(1000))] }),
        at: ['spec.securityContext.runAsUser'],
      },
      'the second of two containers': {
        given: podWith({}, user(0)),
        at: ['spec.containers[1].securityContext.runAsUser'],
      },
      'an init container': { given: podWithInit(user(0)) },
      'an ephemeral container': { given: podWithEphemeral(user(0)) },
      'in a Deployment, with runAsNonRoot': {
        given: deployment({ securityContext: { runAsUser: 0, runAsNonRoot: true } }),
      },
      'before 1.23, when admission did not look': { given: pod(user(0)), parameters: { version: '1.22' } },
      'in a user namespace before 1.35': {
        given: pod({ ...user(0), hostUsers: false }),
        parameters: { version: '1.34' },
      },
      'the pod and a container': {
        given: pod({ ...user(0), containers: [container(user(0))] }),
        at: ['spec.securityContext.runAsUser', 'spec.containers[0].securityContext.runAsUser'],
      },
    },
    pass: {
      'nothing said': { given: podWith({}) },
      'another user': { given: pod(user(1000)) },
      'the group of root is another matter': { given: pod({ securityContext: { runAsGroup: 0 } }) },
      'in a user namespace from 1.35': {
        given: pod({ ...user(0), hostUsers: false }),
        parameters: { version: '1.35' },
      },
    },
  },
})
