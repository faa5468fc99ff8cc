// Rule: no container names an environment variable twice.

import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, podWith, podWithInit } from '../../../samples/pods.ts'

const env = (...names: string[]) => ({ env: names.map((name, i) => ({ name, value: String(i) })) })

export const rule = defineRule({
  id: 'duplicate-env',
  title: 'No container names an environment variable twice',
  severity: 'low',
  subject: 'PodTemplate',
  rationale:
    'Of two values the last one counts, and merging tools may keep either: what people read in the manifest is not what runs.',
  remediation: 'Keep one entry for each name.',
  references: [
    'https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/',
  ],

  *violations(pod) {
    for (const container of pod.containers) {
      const { env } = container
      if (!env || env.length < 2 || areFewAndDistinct(env)) continue
      const seen = new Set<string | undefined>()
      for (let index = 0; index < env.length; index++) {
        const name = env[index]?.name
        if (seen.has(name))
          yield {
            path: `${container.path}.env[${index}].name`,
            actual: name,
            expected: 'a name that no entry before has',
            discriminator: container.name,
          }
        seen.add(name)
      }
    }
  },

  examples: {
    fail: {
      'a name given twice': { given: podWith(env('A', 'B', 'A')), at: ['spec.containers[0].env[2].name'] },
      'in the second container': { given: podWith(env('A'), env('A', 'A')) },
      'in a long list': { given: podWith(env(...Array.from({ length: 50 }, (_, i) => `A${i % 49}`))) },
      'in an init container': { given: podWithInit(env('A', 'A')) },
      'in a CronJob': { given: cronJob({ containers: [container(env('A', 'A'))] }) },
    },
    pass: {
      'no variables': { given: podWith({}) },
      'two names': { given: podWith(env('A', 'B')) },
      'names that differ in case': { given: podWith(env('PATH', 'path')) },
      'a long list of names': { given: podWith(env(...Array.from({ length: 50 }, (_, i) => `A${i}`))) },
      'the same name in two containers': { given: podWith(env('A'), env('A')) },
    },
  },
})

/** A quick answer for the short lists that nearly all containers have; false where it takes a closer look. */
function areFewAndDistinct(env: readonly { readonly name?: string }[]): boolean {
  if (env.length > 20) return false
  for (let i = 1; i < env.length; i++)
    for (let before = 0; before < i; before++) if (env[i]?.name === env[before]?.name) return false
  return true
}
