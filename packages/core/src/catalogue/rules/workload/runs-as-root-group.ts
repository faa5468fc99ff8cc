// Rule: no container is in the group root.

import { effectiveSetting } from '../../../kube/effective-setting.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, pod, podWith, podWithInit } from '../../../samples/pods.ts'

export const rule = defineRule({
  id: 'runs-as-root-group',
  title: 'No container is in the group root',
  severity: 'low',
  subject: 'PodTemplate',
  appliesTo: { os: 'linux' },
  parameters: {
    fields: {
      type: 'string[]',
      default: ['runAsGroup', 'fsGroup', 'supplementalGroups'],
      description: 'The fields of the security context that must not name group 0.',
    },
    required: {
      type: 'boolean',
      default: false,
      description:
        'Whether runAsGroup must be set: without it the image decides, and most images leave it at 0.',
    },
  },
  rationale:
    'Files on nodes and in images are often readable and sometimes writable by group 0, whatever the user is.',
  remediation: 'Set the group to an id above 0 that owns the files which the process needs.',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],

  *violations(pod, { parameters }) {
    const { fields, required } = parameters
    const own = pod.spec.securityContext
    const at = `${pod.path}.securityContext`
    if (fields.includes('fsGroup') && own?.fsGroup === 0)
      yield { path: `${at}.fsGroup`, actual: 0, expected: 'a group id above 0' }
    if (fields.includes('supplementalGroups'))
      for (const [i, group] of (own?.supplementalGroups ?? []).entries())
        if (group === 0)
          yield { path: `${at}.supplementalGroups[${i}]`, actual: 0, expected: 'a group id above 0' }
    if (!fields.includes('runAsGroup')) return
    for (const container of pod.containers) {
      const group = effectiveSetting(pod, container, 'runAsGroup')
      if (group ? group.value === 0 : required)
        yield {
          path: group?.path ?? `${container.path}.securityContext.runAsGroup`,
          actual: group?.value,
          expected: 'a group id above 0',
          discriminator: container.name,
        }
    }
  },

  examples: {
    fail: {
      'the primary group, on the container': {
        given: podWith({}, { securityContext: { runAsGroup: 0 } }),
        at: ['spec.containers[1].securityContext.runAsGroup'],
      },
      'the primary group, on the pod': {
        given: pod({ securityContext: { runAsGroup: 0 } }),
        at: ['spec.securityContext.runAsGroup'],
      },
      'an init container': { given: podWithInit({ securityContext: { runAsGroup: 0 } }) },
      'the group of volumes': {
        given: pod({ securityContext: { fsGroup: 0 } }),
        at: ['spec.securityContext.fsGroup'],
      },
      'a further group, in a CronJob': {
        given: cronJob({ securityContext: { supplementalGroups: [14, 0] } }),
        at: ['spec.jobTemplate.spec.template.spec.securityContext.supplementalGroups[1]'],
      },
      'nothing said where it is required': { given: podWith({}), parameters: { required: true } },
    },
    pass: {
      'nothing said': { given: podWith({}) },
      'other groups': {
        given: pod({ securityContext: { runAsGroup: 1, fsGroup: 2000, supplementalGroups: [32] } }),
      },
      'overridden by the only container': {
        given: pod({
          securityContext: { runAsGroup: 0 },
          containers: [container({ securityContext: { runAsGroup: 1000 } })],
        }),
      },
      'a field that is not looked at': {
        given: pod({ securityContext: { fsGroup: 0 } }),
        parameters: { fields: ['supplementalGroups'] },
      },
      'inherited where it is required': {
        given: pod({ securityContext: { runAsGroup: 1000 } }),
        parameters: { required: true },
      },
    },
    notApplicable: {
      'a Windows pod': {
        given: pod({ os: { name: 'windows' }, securityContext: { runAsGroup: 0 } }),
      },
    },
  },
})
