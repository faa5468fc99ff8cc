// Rule: no container takes its environment from a Secret.

import { defineRule } from '../../../model/rule.ts'
import { cronJob, deployment, pod, podWith, podWithEphemeral, podWithInit } from '../../../samples/pods.ts'

const variable = { env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }] }
const all = { envFrom: [{ secretRef: { name: 'db' } }] }

export const rule = defineRule({
  id: 'secrets-in-env',
  title: 'No container takes environment variables from a Secret',
  severity: 'low',
  subject: 'PodTemplate',
  rationale:
    'Environment variables are passed on to every child process and end up in crash reports, debug pages and logs; files of a mounted Secret do not, and follow its rotation.',
  remediation: 'Mount the Secret as a volume, or let the process fetch it, and read it from the file.',
  references: ['https://kubernetes.io/docs/concepts/security/secrets-good-practices/'],

  *violations(pod) {
    for (const container of pod.containers) {
      for (const [index, { valueFrom }] of (container.env ?? []).entries())
        if (valueFrom?.secretKeyRef)
          yield {
            path: `${container.path}.env[${index}].valueFrom.secretKeyRef.name`,
            actual: valueFrom.secretKeyRef.name,
            expected: 'a mounted file instead',
            discriminator: container.name,
          }
      for (const [index, { secretRef }] of (container.envFrom ?? []).entries())
        if (secretRef)
          yield {
            path: `${container.path}.envFrom[${index}].secretRef.name`,
            actual: secretRef.name,
            expected: 'a mounted file instead',
            discriminator: container.name,
          }
    }
  },

  examples: {
    fail: {
      'one variable': {
        given: podWith(variable),
        at: ['spec.containers[0].env[0].valueFrom.secretKeyRef.name'],
      },
      'all keys of a Secret': { given: podWith(all), at: ['spec.containers[0].envFrom[0].secretRef.name'] },
      'in the second container': { given: podWith({}, variable) },
      'in an init container': { given: podWithInit(all) },
      'in an ephemeral container': { given: podWithEphemeral(variable) },
      'an optional one': {
        given: podWith({ envFrom: [{ secretRef: { name: 'db', optional: true } }] }),
      },
      'in a CronJob': { given: cronJob({ containers: [all] }) },
    },
    pass: {
      'no variables': { given: deployment() },
      'plain values and ConfigMaps': {
        given: podWith({
          env: [
            { name: 'LEVEL', value: 'info' },
            { name: 'PORT', valueFrom: { configMapKeyRef: { name: 'web', key: 'port' } } },
          ],
          envFrom: [{ configMapRef: { name: 'web' } }],
        }),
      },
      'a mounted Secret': { given: pod({ volumes: [{ name: 'db', secret: { secretName: 'db' } }] }) },
    },
  },
})
