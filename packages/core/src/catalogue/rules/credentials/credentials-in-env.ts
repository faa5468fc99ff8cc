// Rule: no environment variable holds a credential as it is.

import { describeCredential } from '../../../kube/credentials/credential.ts'
import { findCredentials } from '../../../kube/credentials/find-credentials.ts'
import { defineRule } from '../../../model/rule.ts'
import { cronJob, deployment, podWith, podWithEphemeral, podWithInit } from '../../../samples/pods.ts'

const env = (name: string, value: string) => ({ env: [{ name, value }] })
const none: readonly never[] = []

export const rule = defineRule({
  id: 'credentials-in-env',
  title: 'No environment variable holds a credential as it is',
  severity: 'high',
  subject: 'PodTemplate',
  redacts: true,
  rationale:
    'Whoever may read the workload, its manifest or its history reads the credential too; Secrets have rights of their own and can be encrypted and exchanged.',
  remediation:
    'Exchange the credential, since it was in the open; keep the new one in a Secret or a store of secrets, and mount it or take it by secretKeyRef.',
  references: ['https://kubernetes.io/docs/concepts/security/secrets-good-practices/'],

  *violations(pod) {
    for (const { env = none, path, name: discriminator } of pod.containers)
      for (let i = 0; i < env.length; i++) {
        const { name = '', value } = env[i] as { readonly name?: string; readonly value?: string }
        if (value === undefined) continue
        for (const credential of findCredentials(name, value))
          yield {
            path: `${path}.env[${i}].value`,
            actual: `${name}: ${describeCredential(credential)}`,
            expected: 'a Secret in its place',
            discriminator,
          }
      }
  },

  examples: {
    fail: {
      'by the name of the variable': {
        given: podWith(env('DB_PASSWORD', 'hunter2')),
        at: ['spec.containers[0].env[0].value'],
      },
      'by the form of the value': { given: podWith(env('ACCOUNT', `AKIA${'IOSFODNN7EXAMPLE'}`)) },
      'the second variable of two': {
        given: podWith({
          env: [
            { name: 'LEVEL', value: 'info' },
            { name: 'PGPASSWORD', value: 'hunter2' },
          ],
        }),
        at: ['spec.containers[0].env[1].value'],
      },
      'in a URL': { given: podWith(env('DATABASE', 'postgres://app:hunter2@db/app')) },
      'a key that looks like one': { given: podWith(env('API_KEY', 'qX7vTz0pLm4RbY9w')) },
      'two, of which one is in the second container': {
        given: podWith(env('password', 'hunter2'), env('AWS_SECRET_ACCESS_KEY', 'xxx')),
        at: ['spec.containers[0].env[0].value', 'spec.containers[1].env[0].value'],
      },
      'two in one value': {
        given: podWith(env('URLS', 'postgres://app:hunter2@db/app,redis://:hunter3@cache')),
        at: ['spec.containers[0].env[0].value', 'spec.containers[0].env[0].value'],
      },
      'in a variable without a name': { given: podWith({ env: [{ value: 'redis://:hunter3@cache' }] }) },
      'in an init container': { given: podWithInit(env('PGPASSWORD', 'hunter2')) },
      'in an ephemeral container': { given: podWithEphemeral(env('PGPASSWORD', 'hunter2')) },
      'in a CronJob': { given: cronJob({ containers: [env('clientSecret', 'hunter2')] }) },
    },
    pass: {
      'no variables': { given: deployment() },
      'plain settings': { given: podWith(env('LOG_LEVEL', 'info')) },
      'a Secret': {
        given: podWith({
          env: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }],
        }),
      },
      'the path of a file': { given: podWith(env('DB_PASSWORD_FILE', '/run/secrets/db')) },
      'another variable': { given: podWith(env('DB_PASSWORD', '$(OTHER)')) },
      'a word that is no token': { given: podWith(env('TOKEN', 'development')) },
      'a URL without a password': { given: podWith(env('DATABASE', 'postgres://app@db/app')) },
      nothing: { given: podWith(env('DB_PASSWORD', '')) },
    },
  },
})
