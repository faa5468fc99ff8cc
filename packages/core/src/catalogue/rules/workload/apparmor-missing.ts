// Rule: every container names its AppArmor profile.

import { defineRule } from '../../../model/rule.ts'
import { container, deployment, pod, podWith } from '../../../samples/pods.ts'
import { findAppArmorSetting } from './apparmor-setting.ts'

const profile = (type: string) => ({ securityContext: { appArmorProfile: { type } } })
const annotated = (value: string, name = 'app') => ({
  annotations: { [`container.apparmor.security.beta.kubernetes.io/${name}`]: value },
})

export const rule = defineRule({
  id: 'apparmor-missing',
  title: 'Every container names an AppArmor profile',
  severity: 'low',
  defaultEnabled: false,
  subject: 'PodTemplate',
  appliesTo: { os: 'linux' },
  rationale:
    'A profile limits the files, capabilities and networks of a container in the kernel. Off by default: where nodes have AppArmor, runtimes apply their own profile to containers that name none, and nodes without it refuse pods that do.',
  remediation:
    'On nodes with AppArmor set appArmorProfile.type: RuntimeDefault (or Localhost with a profile of yours) on the pod; before Kubernetes 1.30 use the annotation container.apparmor.security.beta.kubernetes.io/<container>.',
  references: ['https://kubernetes.io/docs/tutorials/security/apparmor/'],

  *violations(pod) {
    for (const container of pod.containers) {
      const setting = findAppArmorSetting(pod, container)
      if (!setting?.confines)
        yield {
          path: setting?.path ?? `${container.path}.securityContext.appArmorProfile.type`,
          actual: setting?.value,
          expected: 'RuntimeDefault or Localhost',
          discriminator: container.name,
        }
    }
  },

  examples: {
    fail: {
      'nothing said': {
        given: podWith({}),
        at: ['spec.containers[0].securityContext.appArmorProfile.type'],
      },
      'turned off by the annotation': {
        given: pod({ metadata: annotated('unconfined') }),
        at: ['metadata.annotations["container.apparmor.security.beta.kubernetes.io/app"]'],
      },
      'an annotation that means nothing': { given: pod({ metadata: annotated('localhost/') }) },
      'annotated for another container': { given: pod({ metadata: annotated('runtime/default', 'web') }) },
      'annotated on the Deployment, not on its pods': {
        given: { ...deployment(), metadata: { name: 'web', ...annotated('runtime/default') } },
      },
      'turned off on the container': {
        given: pod({ ...profile('RuntimeDefault'), containers: [container(profile('Unconfined'))] }),
        at: ['spec.containers[0].securityContext.appArmorProfile.type'],
      },
      'the second of two': { given: podWith(profile('Localhost'), {}) },
    },
    pass: {
      'on the pod': { given: pod(profile('RuntimeDefault')) },
      'on the container': { given: podWith(profile('Localhost')) },
      'by the annotation': { given: pod({ metadata: annotated('localhost/nginx') }) },
      'by the annotation in a Deployment': { given: deployment({ metadata: annotated('runtime/default') }) },
      'by the annotation, turned off on the pod': {
        given: pod({ ...profile('Unconfined'), metadata: annotated('runtime/default') }),
      },
    },
    notApplicable: {
      'a Windows pod': { given: pod({ os: { name: 'windows' } }) },
    },
  },
})
