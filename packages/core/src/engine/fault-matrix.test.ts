// Fault matrix: whatever part of a cluster is hidden, no verdict may claim what was not seen. It grows with the catalogue: the cluster is
// planted with a failing example of every rule.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editions as published, rules } from '../catalogue/index.ts'
import { assetKey, nameOf, namespaceOf } from '../kube/asset-key.ts'
import type { Edition } from '../model/benchmark.ts'
import { type Gap, gapReasons } from '../model/gap.ts'
import type { OwnerReference, Resource } from '../model/resource.ts'
import type { Result } from '../model/result.ts'
import type { Example, Rule } from '../model/rule.ts'
import { object } from '../samples/objects.ts'
import { container, cronJob, deployment, pod, podWith } from '../samples/pods.ts'
import {
  clusterWith,
  control,
  edition,
  filesWith,
  ruleThat,
  run,
  unreadableFile,
} from './testing/assessing.ts'
import { exitCode } from './verdict.ts'

const owner = (kind: string, name: string): OwnerReference => ({
  apiVersion: kind.endsWith('Job') ? 'batch/v1' : kind === 'Rollout' ? 'argoproj.io/v1alpha1' : 'apps/v1',
  kind,
  name,
  controller: true,
})
const sidecar = container({ name: 'proxy', securityContext: { privileged: true } })
const running = (name: string, by: OwnerReference, labels: Record<string, string> = {}): Resource => ({
  ...pod({
    metadata: { name, labels, ownerReferences: [by] },
    containers: [container(), sidecar],
    nodeName: 'node-1',
  }),
  status: { phase: 'Running' },
})

/** Controllers whose pods run with a sidecar that their templates do not have. */
const injected: readonly Resource[] = [
  { ...deployment(), metadata: { name: 'injected', namespace: 'shop' } },
  {
    ...object('apps/v1', 'ReplicaSet', {
      name: 'injected-5d4f',
      namespace: 'shop',
      ownerReferences: [owner('Deployment', 'injected')],
    }),
    spec: deployment().spec,
    status: { replicas: 1 },
  },
  running('injected-5d4f-a', owner('ReplicaSet', 'injected-5d4f'), { 'pod-template-hash': '5d4f' }),
  cronJob(),
  {
    ...object('batch/v1', 'Job', {
      name: 'nightly-by-hand',
      namespace: 'shop',
      ownerReferences: [owner('CronJob', 'nightly')],
    }),
    spec: (cronJob().spec as { readonly jobTemplate: { readonly spec: unknown } }).jobTemplate.spec,
    status: { active: 1 },
  },
  running('nightly-by-hand-a', owner('Job', 'nightly-by-hand')),
  running('rolled-a', owner('Rollout', 'rolled')),
  running('lost-a', owner('DaemonSet', 'lost')),
]

const plantedBy = ({ given, with: others = [] }: Example): Resource[] => [given, ...others]

/** The resources with names of their own: a cluster has one object of a kind, namespace and name. */
function renamed(resources: readonly Resource[]): Resource[] {
  const seen = new Map<string, number>()
  return resources.map(resource => {
    const key = assetKey('c1', resource)
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    if (count === 1) return resource
    return { ...resource, metadata: { ...resource.metadata, name: `${nameOf(resource)}-${count}` } }
  })
}

const planted: readonly Resource[] = renamed([
  ...injected,
  ...rules.flatMap(rule => Object.values<Example>(rule.examples.fail).slice(0, 1).flatMap(plantedBy)),
])
const kinds = [...new Set(planted.map(({ kind }) => kind))].sort()

/** Every rule a control of its own. */
const everyRule: Edition = edition(
  ...rules.map(rule => control(rule.id, [rule.id], { severity: rule.severity })),
)
/** Of the published ones a few: others bind the same rules. */
const families = ['pss-baseline', 'pss-restricted', 'nsa-cisa']
const newest = families.map(family => published.findLast(({ benchmark }) => benchmark === family) as Edition)
const editions = [everyRule, ...newest]

function judged(resources: readonly Resource[], gaps: readonly Gap[] = [], own: readonly Rule[] = rules) {
  const { results, summary } = run({
    snapshot: clusterWith(resources, gaps),
    rules: own,
    editions: own === rules ? editions : [],
    asked: own.map(({ id }) => id),
  })
  const code = exitCode(summary, { failOn: 'low', allowGaps: false, onlyNew: false })
  return { results, summary, code, outcomes: outcomesOf(results) }
}
type Judged = ReturnType<typeof judged>

const subjectOf = ({ rule, parameters, resource }: Result) =>
  `${rule} ${parameters ? JSON.stringify(parameters) : ''} ${resource}`
const findingOf = (result: Result) => `${subjectOf(result)} ${result.discriminator ?? ''}`

function outcomesOf(results: readonly Result[]) {
  const passed = new Set<string>()
  const failed = new Set<string>()
  for (const result of results)
    if (result.outcome === 'pass') passed.add(subjectOf(result))
    else if (result.outcome === 'fail') failed.add(findingOf(result))
  return { passed, failed }
}

/** What must hold of every view that hides something which `full` shows. */
function expectHonest(partial: Judged, full: Judged, gaps: readonly Gap[]) {
  const flipped = [...partial.outcomes.passed].filter(subject => !full.outcomes.passed.has(subject))
  expect(flipped, 'passes that the full view does not have').toEqual([])
  const invented = [...partial.outcomes.failed].filter(finding => !full.outcomes.failed.has(finding))
  expect(invented, 'failures that the full view does not have').toEqual([])
  expect(partial.code).not.toBe(0)
  expect(partial.summary.gaps).toEqual(expect.arrayContaining([...gaps]))
  for (const [index, score] of partial.summary.scores.entries()) {
    const whole = full.summary.scores[index]
    if (score.value !== null) expect(score.value, score.benchmark).toBe(whole?.value)
    if (score.low === null || score.high === null) continue
    expect(score.low, score.benchmark).toBeLessThanOrEqual(whole?.low ?? Number.NaN)
    expect(score.high, score.benchmark).toBeGreaterThanOrEqual(whole?.high ?? Number.NaN)
  }
  for (const [index, { outcome, control: own }] of partial.summary.controls.entries())
    if (outcome === 'pass') expect(full.summary.controls[index]?.outcome, own.id).toBe('pass')
}

/** The snapshot as a collector hands it over that could not read what the gaps name. */
function hide(resources: readonly Resource[], gaps: readonly Gap[]): Resource[] {
  return resources.filter(
    resource =>
      !gaps.some(
        ({ kind, namespace }) =>
          (kind === undefined || kind === resource.kind) &&
          (namespace === undefined || namespace === namespaceOf(resource)),
      ),
  )
}

const gapOn = (kind: string, own: Partial<Gap> = {}): Gap => ({
  scope: 'cluster',
  kind,
  reason: 'forbidden',
  detail: `${kind} could not be read`,
  ...own,
})

describe('with everything in sight', () => {
  const full = judged(planted)

  it('almost every rule fails something and nothing is hidden', () => {
    const failing = new Set(full.results.filter(({ outcome }) => outcome === 'fail').map(({ rule }) => rule))
    // Planted together, examples may mend each other: what one lacks is another's object.
    const silent = rules.filter(({ id }) => !failing.has(id)).map(({ id }) => id)
    expect(silent.length, silent.join()).toBeLessThan(rules.length / 10)
    // What no collector could have seen is not evaluated here either.
    const unseen = full.results.filter(({ outcome }) => outcome === 'not-evaluated' || outcome === 'error')
    const blind = new Set(rules.filter(rule => 'unseen' in rule).map(({ id }) => id))
    expect(unseen.filter(({ rule, gap }) => gap || !blind.has(rule))).toEqual([])
    expect(full.summary.gaps).toEqual([])
    expect(full.summary.scores.some(({ value }) => value !== null)).toBe(true)
  })

  it('the sidecars that were injected are found, each at its controller', () => {
    const found = full.results
      .filter(
        ({ rule, discriminator, outcome }) =>
          rule === 'privileged-container' && discriminator === 'proxy' && outcome === 'fail',
      )
      .map(({ resource, reason }) => [resource, reason])
    expect(found).toEqual([
      ['c1/Deployment/shop/injected', 'in pod injected-5d4f-a'],
      ['c1/CronJob/shop/nightly', 'in pod nightly-by-hand-a'],
      ['c1/Rollout.argoproj.io/shop/rolled', 'in pod rolled-a'],
      ['c1/DaemonSet/shop/lost', 'in pod lost-a'],
    ])
  })

  it.each(kinds)('denying %s flips nothing', kind => {
    const gaps = [gapOn(kind)]
    const partial = judged(hide(planted, gaps), gaps)
    expectHonest(partial, full, gaps)
    const touched = rules.filter(
      ({ subject, kinds: own = [subject] }) => own.includes(kind) || own.includes('*'),
    )
    const unseen = partial.results.filter(({ resource, gap }) => resource === null && gap === gaps[0])
    expect(unseen.map(({ outcome }) => outcome)).toEqual(unseen.map(() => 'not-evaluated'))
    const told = new Set(unseen.map(({ rule }) => rule))
    expect(touched.filter(({ id }) => !told.has(id))).toEqual([])
  })

  it.each(gapReasons)('any reason for a gap counts: %s', reason => {
    const gaps = [gapOn('Pod', { reason }), gapOn('ServiceAccount', { reason })]
    expectHonest(judged(hide(planted, gaps), gaps), full, gaps)
  })

  it('denying everything leaves no verdict and no score', () => {
    const gaps = kinds.map(kind => gapOn(kind))
    const partial = judged(hide(planted, gaps), gaps)
    expectHonest(partial, full, gaps)
    expect(partial.outcomes).toEqual({ passed: new Set(), failed: new Set() })
    for (const { value, low, high } of partial.summary.scores)
      expect([value, low, high]).toEqual([null, null, null])
    expect(partial.code).toBe(3)
  })

  it('any kinds denied, in any namespaces, or listed in part, flip nothing', () => {
    const namespaces = [...new Set(planted.map(namespaceOf))].filter(namespace => namespace !== '')
    const gap = fc
      .tuple(
        fc.constantFrom(...kinds),
        fc.constantFrom(...gapReasons),
        fc.option(fc.constantFrom(...namespaces), { nil: undefined }),
      )
      .map(([kind, reason, namespace]) =>
        gapOn(kind, { reason, ...(namespace !== undefined && { namespace }) }),
      )
    fc.assert(
      fc.property(
        fc.array(gap, { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.boolean()),
        (gaps, keeps) => {
          const hidden = new Set(planted)
          for (const resource of hide(planted, gaps)) hidden.delete(resource)
          // A list that broke off shows some of what it should.
          const seen = planted.filter(resource => !hidden.has(resource) || keeps.next().value)
          if (seen.length === planted.length) return
          expectHonest(judged(seen, gaps), full, gaps)
        },
      ),
      { numRuns: 15 },
    )
  }, 30_000)

  it('a cluster that broke off anywhere flips nothing', () => {
    const gap: Gap = { scope: 'cluster', reason: 'unreachable', detail: 'the connection was lost' }
    fc.assert(
      fc.property(fc.infiniteStream(fc.boolean()), keeps => {
        expectHonest(
          judged(
            planted.filter(() => keeps.next().value),
            [gap],
          ),
          full,
          [gap],
        )
      }),
      { numRuns: 8 },
    )
  }, 30_000)
})

describe('a rule that throws', () => {
  const throwing = ruleThat('throwing', () => {
    throw new Error('broken')
  })

  it('costs no other rule anything', () => {
    const without = judged(planted)
    const own = [...rules, throwing]
    const { results, summary } = run({
      snapshot: clusterWith(planted),
      rules: own,
      asked: own.map(({ id }) => id),
      editions: [edition(control('c', ['throwing']), control('d', ['privileged-container']))],
    })
    const others = results.filter(({ rule, parameters }) => rule !== 'throwing' && !parameters)
    expect(others).toEqual(without.results.filter(({ parameters }) => !parameters))
    const errors = results.filter(({ rule }) => rule === 'throwing')
    expect(errors.length).toBeGreaterThan(0)
    for (const error of errors)
      expect(error).toMatchObject({ outcome: 'error', reason: 'the rule failed: Error: broken' })
    expect(summary.controls[0]?.outcome).toBe('error')
    expect(summary.scores[0]?.value).toBeNull()
  })

  it('is no clean scan', () => {
    expect(judged([podWith({})], [], [throwing]).code).toBe(3)
  })
})

describe('each rule by itself, each of its failing examples', () => {
  const cases = rules.flatMap(rule =>
    Object.entries<Example>(rule.examples.fail).map(
      ([name, example]) => [rule.id, name, rule, example] as const,
    ),
  )

  it.each(cases)('%s: %s', (_, _name, rule, example) => {
    const resources = plantedBy(example)
    const own = (gaps: readonly Gap[], seen: readonly Resource[]) =>
      run({
        snapshot: filesWith(seen, gaps),
        rules: [rule],
        asked: [rule.id],
        profile: {
          name: 'example',
          rules: example.parameters ? { [rule.id]: { parameters: example.parameters } } : {},
          controls: {},
        },
      })
    const full = outcomesOf(own([], resources).results)
    const gaps = [...new Set([...resources.map(({ kind }) => kind), ...(rule.reads ?? [])])].map(kind =>
      gapOn(kind),
    )
    // All of it hidden, none of it, and all but the first: a list that broke off.
    for (const gap of [...gaps, unreadableFile])
      for (const seen of [
        hide(resources, [gap]),
        resources,
        [...resources.slice(0, 1), ...hide(resources.slice(1), [gap])],
      ]) {
        const { results, summary } = own([gap], seen)
        const { passed, failed } = outcomesOf(results)
        expect([...passed].filter(subject => !full.passed.has(subject))).toEqual([])
        expect([...failed].filter(finding => !full.failed.has(finding))).toEqual([])
        expect(exitCode(summary, { failOn: 'low', allowGaps: false, onlyNew: false })).not.toBe(0)
      }
  })
})

describe('nothing at all', () => {
  it.each([
    ['an empty folder', filesWith([])],
    ['an empty cluster', clusterWith([])],
  ])('%s is not clean and has no score', (_, snapshot) => {
    const { results, summary } = run({ snapshot, rules, editions })
    expect(results.length).toBeGreaterThan(0)
    for (const result of results) expect(result).toMatchObject({ outcome: 'not-evaluated', resource: null })
    for (const { value, low, high } of summary.scores) expect([value, low, high]).toEqual([null, null, null])
    expect(exitCode(summary, { failOn: 'high', allowGaps: false, onlyNew: false })).toBe(3)
  })
})
