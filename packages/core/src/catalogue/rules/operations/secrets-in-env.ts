// Rule: no container takes its environment from a Secret.

import { defineRule } from '../../../model/rule.ts'
import { cronJob, deployment, pod, podWith, podWithEphemeral, podWithInit } from '../../../samples/pods.ts'

const variable = { env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }] }
const all = { envFrom: [{ secretRef: { name: 'db' } }] }

const none: readonly never[] = []

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
      const { name: discriminator, env = none, envFrom = none, path } = container
      const expected = 'a mounted file instead'
      for (let i = 0; i < env.length; i++) {
        const secret = env[i]?.valueFrom?.secretKeyRef
        if (secret)
          yield {
            path: `${path}.env[${i}].valueFrom.secretKeyRef.name`,
            actual: secret.name,
            expected,
            discriminator,
          }
      }
      for (let i = 0; i < envFrom.length; i++) {
        const secret = envFrom[i]?.secretRef
        if (secret)
          yield { path: `${path}.envFrom[${i}].secretRef.name`, actual: secret.name, expected, discriminator }
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
