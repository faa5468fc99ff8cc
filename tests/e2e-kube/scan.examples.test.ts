/** The examples of every rule get the same verdicts as the API server stores them: with defaults filled in, old fields moved, tokens mounted. */

import { builtInKinds } from '@plimsoll/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rules } from '../../packages/core/src/catalogue/index.ts'
import { judgeRule } from '../../packages/core/src/engine/judge-rule.ts'
import type { Resource } from '../../packages/core/src/model/resource.ts'
import type { Example, Rule } from '../../packages/core/src/model/rule.ts'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { forEachIndex } from './harness/pool.ts'
import { describeWithKubernetes } from './harness/suite.ts'

/** What the server makes of an example that may change its verdict or its place, and how such an example is known. */
const changes: Readonly<Record<string, (example: Example) => boolean>> = {
  'it fills serviceAccountName and serviceAccount, whichever was given': ({ given }) =>
    has(given, /"serviceAccount":/),
  'it writes AppArmor annotations of pods into their fields': ({ given }) =>
    has(given, /"container\.apparmor\.security\.beta/),
  'it makes the limit of a pod its request': ({ given }) => isPod(given) && has(given, /"limits":/),
  'what a LimitRange gives a pod, a stored one has': ({ given, with: others = [] }) =>
    isPod(given) && others.some(({ kind }) => kind === 'LimitRange'),
  'it makes the port of a Service its target port': ({ given }) =>
    given.kind === 'Service' && !has(given, /"targetPort":/),
  'it drops what it does not know, or has switched off': ({ given }) =>
    has(given, /"image":\{"reference":|"holographic":/),
  'it takes no status with a new object': ({ given }) => given.status !== undefined,
  'it gives Secrets a type': ({ given }) => given.kind === 'Secret' && given.type === undefined,
  'a node in a pod that is stored was chosen by the scheduler': ({ given }) =>
    isPod(given) && has(given, /"nodeName":/),
}
const has = (resource: Resource, pattern: RegExp) => pattern.test(JSON.stringify(resource))
const isPod = ({ kind }: Resource) => kind === 'Pod'

interface Case {
  readonly title: string
  readonly rule: Rule
  readonly example: Example
}

const cases: readonly Case[] = rules.flatMap(rule =>
  Object.values(rule.examples).flatMap((group: Readonly<Record<string, Example>> | undefined) =>
    Object.entries(group ?? {}).map(([name, example]) => ({ title: `${rule.id}: ${name}`, rule, example })),
  ),
)

await describeWithKubernetes('scan: examples', { auditRules: [{ level: 'None' }] }, options => {
  let plane: ControlPlane
  beforeAll(async () => {
    plane = await startControlPlane(options)
    // Pods are let in where their namespace and ServiceAccount are.
    const text = JSON.stringify(cases.map(({ example }) => example))
    const named = (pattern: RegExp) =>
      new Set(['default', ...[...text.matchAll(pattern)].map(([, name]) => name as string)])
    const accounts = named(/"serviceAccount(?:Name)?":"([^"]+)"/g)
    for (const namespace of named(/"namespace":"([a-z0-9-]+)"/g)) {
      await plane.request('POST', '/api/v1/namespaces', { body: { metadata: { name: namespace } } })
      for (const name of accounts)
        await plane.request('POST', `/api/v1/namespaces/${namespace}/serviceaccounts`, {
          body: { metadata: { name } },
        })
    }
  })
  afterAll(async () => {
    await plane?.stop()
  })

  /** What the server would store, from a dry run; undefined where it refuses the object. */
  async function storedForm(resource: Resource): Promise<Resource | undefined> {
    const { apiVersion, kind } = resource
    const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion]
    const entry = builtInKinds.find(one => one.kind === kind && one.group === group)
    if (!entry) return undefined
    const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
    const folder = entry.namespaced ? `/namespaces/${resource.metadata.namespace ?? 'default'}` : ''
    const path = `${root}${folder}/${entry.plural}?dryRun=All&fieldValidation=Ignore`
    const answer = await plane.request('POST', path, { body: resource })
    return answer.status === 201 ? { ...(answer.json() as Resource), apiVersion, kind } : undefined
  }

  test('where the server takes them', async () => {
    const unexplained: string[] = []
    const explanations = new Set<string>()
    let taken = 0
    await forEachIndex(cases.length, 8, async index => {
      const { title, rule, example } = cases[index] as Case
      const given = completed(example.given)
      const stored = await storedForm(given)
      if (!stored) return
      taken++
      if (verdictOn(stored, rule, example) === verdictOn(given, rule, example)) return
      const why = Object.entries(changes).find(([, explains]) => explains(example))
      if (why) explanations.add(why[0])
      else unexplained.push(title)
    })
    expect(unexplained).toEqual([])
    expect([...explanations].sort()).toEqual(Object.keys(changes).sort())
    // The others are what no server takes, or stand for objects that every server has.
    expect(taken).toBeGreaterThan(cases.length / 2)
  })
})

/** The example with the one field that CronJobs and Jobs must have and no rule reads. */
function completed(resource: Resource): Resource {
  const copy = structuredClone(resource) as {
    spec?: { template?: unknown; jobTemplate?: { spec?: unknown } }
  }
  const job = resource.kind === 'CronJob' ? copy.spec?.jobTemplate?.spec : copy.spec
  const { spec } = (job as { template?: { spec?: Record<string, unknown> } } | undefined)?.template ?? {}
  if (spec && ['Job', 'CronJob'].includes(resource.kind)) spec.restartPolicy ??= 'Never'
  return copy as Resource
}

/** Outcomes with the places at fault, as a text to compare. */
function verdictOn(resource: Resource, rule: Rule, { with: others = [], parameters = {} }: Example): string {
  const results = judgeRule(rule, structuredClone(resource), {
    with: structuredClone(others),
    parameters,
    kubernetesVersion: '1.34',
  })
  return JSON.stringify(
    results.map(({ outcome, discriminator, evidence }) => [
      outcome,
      discriminator,
      evidence.map(({ path }) => path),
    ]),
  )
}
