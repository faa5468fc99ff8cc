// Rule: no container is started with a credential among its words.

import { describeCredential } from '../../../kube/credentials/credential.ts'
import { findCredentials } from '../../../kube/credentials/find-credentials.ts'
import { settingOfWord } from '../../../kube/credentials/setting-words.ts'
import type { Container } from '../../../model/pod-template.ts'
import { defineRule, type Violation } from '../../../model/rule.ts'
import { cronJob, deployment, podWith, podWithInit } from '../../../samples/pods.ts'

export const rule = defineRule({
  id: 'credentials-in-args',
  title: 'No container is started with a credential on its command line',
  severity: 'high',
  subject: 'PodTemplate',
  redacts: true,
  rationale:
    'A command line is read by whoever may read the workload, and on the node by every process that lists the others.',
  remediation:
    'Exchange the credential, since it was in the open; keep the new one in a Secret, and let the program read it from a mounted file or a variable.',
  references: ['https://kubernetes.io/docs/concepts/security/secrets-good-practices/'],

  *violations(pod) {
    for (const container of pod.containers) {
      if (container.command) yield* inWords(container, 'command', container.command)
      if (container.args) yield* inWords(container, 'args', container.args)
    }
  },

  examples: {
    fail: {
      'a flag': {
        given: podWith({ args: ['--user=app', '--password=hunter2'] }),
        at: ['spec.containers[0].args[1]'],
      },
      'a flag and the word after it': {
        given: podWith({ command: ['app', '--password', 'hunter2'] }),
        at: ['spec.containers[0].command[2]'],
      },
      'a URL': { given: podWith({ args: ['--db', 'postgres://app:hunter2@db/app'] }) },
      'a flag with one dash': { given: podWith({ command: ['app', '-password', 'hunter2'] }) },
      'two in one word': {
        given: podWith({ args: ['postgres://app:hunter2@db/app?token=qX7vTz0pLm4RbY9w'] }),
        at: ['spec.containers[0].args[0]', 'spec.containers[0].args[0]'],
      },
      'in a script': { given: podWith({ command: ['sh', '-c', 'PGPASSWORD=hunter2 psql -c "select 1"'] }) },
      'by the form of the value': { given: podWithInit({ args: [`ghp_${'a1B2'.repeat(9)}`] }) },
      'in the second container of a CronJob': {
        given: cronJob({ containers: [{}, { args: ['--client-secret=hunter2'] }] }),
        at: ['spec.jobTemplate.spec.template.spec.containers[1].args[0]'],
      },
    },
    pass: {
      'no words': { given: deployment() },
      'a variable': { given: podWith({ args: ['--password=$(DB_PASSWORD)', '--token', '$TOKEN'] }) },
      'the path of a file': {
        given: podWith({ args: ['--password-file=/run/secrets/db', '--tls-private-key=/pki/tls.key'] }),
      },
      'a word after something that is no flag': {
        given: podWith({
          args: ['reset', '--', 'password', 'hunter2', 'x--password', 'hunter2', '--password!', 'a'],
        }),
      },
      'a word that would be its own flag': { given: podWith({ args: ['password'] }) },
      'a flag after such a flag': { given: podWith({ args: ['--password', '--verbose'] }) },
      'a flag for a name': { given: podWith({ args: ['--secret-name=db', '--token-ttl', '3600'] }) },
    },
  },
})

function* inWords(
  { path, name }: Container,
  field: 'command' | 'args',
  words: readonly string[],
): Generator<Violation> {
  for (let i = 0; i < words.length; i++)
    for (const credential of findCredentials(settingOfWord(words, i), words[i] as string))
      yield {
        path: `${path}.${field}[${i}]`,
        actual: describeCredential(credential),
        expected: 'a Secret in its place',
        discriminator: name,
      }
}
