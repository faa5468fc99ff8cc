/** The examples of every rule get the same verdicts as the API server stores them: with defaults filled in, old fields moved, tokens mounted. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtInKinds } from '../../packages/collect/src/cluster/kinds.ts'
import { rules } from '../../packages/core/src/catalogue/index.ts'
import { judgeRule } from '../../packages/core/src/engine/judge-rule.ts'
import type { Resource } from '../../packages/core/src/model/resource.ts'
import type { Example, Rule } from '../../packages/core/src/model/rule.ts'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { forEachIndex } from './harness/pool.ts'
import { describeWithKubernetes } from './harness/suite.ts'

/** Where another verdict, or another place, is right of what the server made of an example. */
const changed: Readonly<Record<string, readonly string[]>> = {
  'it fills serviceAccountName and serviceAccount, whichever was given': [
    'dashboard-service-account: by the old name of the field',
    'default-service-account: by the old field',
    'deprecated-service-account-field: beside an empty name',
    'deprecated-service-account-field: the old field alone',
    'deprecated-service-account-field: two names',
    'missing-service-account: named by the old field',
    'workload-takeover-service-account: named by the old field',
  ],
  'it writes AppArmor annotations of pods into their fields': [
    'apparmor-missing: turned off by the annotation',
    'apparmor-profile: an annotation',
  ],
  'it makes the limit of a pod its request': [
    'cpu-requests: a limit, where the request must be explicit',
    'memory-requests: a limit, where the request must be explicit',
  ],
  'it makes the port of a Service its target port': [
    'service-ssh-port: a port that SSH often moves to',
    'service-ssh-port: another port that is named',
  ],
  'it drops what it does not know, or has switched off': [
    'image-digest: an image volume',
    'image-latest-tag: an image volume',
    'image-pull-policy: an image volume, in a CronJob',
    'image-registry: an image volume',
    'volume-types: a type that is not known yet',
  ],
  'a node in a pod that is stored was chosen by the scheduler': ['node-pinning: a node by name'],
  'it takes no status with a new object': ['client-certificate-for-people: a person'],
  'it gives Secrets a type': [
    'bootstrap-token: by its name, where only metadata was read',
    'legacy-service-account-token: by the marks of the token controller, where only metadata was read',
  ],
}

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
    const different: string[] = []
    let taken = 0
    await forEachIndex(cases.length, 8, async index => {
      const { title, rule, example } = cases[index] as Case
      const given = completed(example.given)
      const stored = await storedForm(given)
      if (!stored) return
      taken++
      if (verdictOn(stored, rule, example) !== verdictOn(given, rule, example)) different.push(title)
    })
    expect(different.sort()).toEqual(Object.values(changed).flat().sort())
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
