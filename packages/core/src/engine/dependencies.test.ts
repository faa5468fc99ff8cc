import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameOf, namespaceOf } from '../kube/asset-key.ts'
import type { Resource } from '../model/resource.ts'
import type { Result } from '../model/result.ts'
import { object } from '../samples/objects.ts'
import { assess } from './assess.ts'
import { findAssets } from './assets.ts'
import { trackDependencies } from './dependencies.ts'
import { anyResource as anything, names, namespaces, readingRules as rules } from './testing/any-resource.ts'
import { clusterWith } from './testing/assessing.ts'

type Verdicts = Map<string, Map<string, Result[]>>
const idOf = (resource: Resource) => `${resource.kind} ${namespaceOf(resource)}/${nameOf(resource)}`

/** A cluster whose verdicts are kept up to date by judging again only what a change may affect. */
function keptUpToDate() {
  const resources = new Map<string, Resource>()
  const verdicts: Verdicts = new Map()
  const dependencies = trackDependencies()
  let judgements = 0

  /** The asset that each resource counts to. */
  const places = () =>
    new Map(
      findAssets('c1', clusterWith([...resources.values()]).resources).flatMap(
        ({ entry, object: own, members }) =>
          [...(own ? [own] : []), ...members.map(({ resource }) => resource)].map(
            resource => [idOf(resource), entry.key] as const,
          ),
      ),
    )

  return {
    verdicts,
    resources,
    judgements: () => judgements,
    change(id: string, to: Resource | undefined) {
      const changed = (to ?? resources.get(id)) as Resource
      const before = places()
      if (to) resources.set(id, to)
      else resources.delete(id)
      const after = places()

      const affected = dependencies.affectedBy({
        apiVersion: changed.apiVersion,
        kind: changed.kind,
        namespace: namespaceOf(changed),
        name: nameOf(changed),
      })
      const whole = new Set(affected.assets)
      for (const key of [before.get(id), after.get(id)]) if (key !== undefined) whole.add(key)
      // What counted to an affected asset may now count to another, which is then affected too.
      for (const [resource, key] of before) {
        const now = after.get(resource)
        if (whole.has(key) && now !== undefined) whole.add(now)
      }
      for (const asset of whole) {
        dependencies.forget(asset)
        verdicts.delete(asset)
      }
      for (const [asset, again] of affected.rules) for (const rule of again) verdicts.get(asset)?.delete(rule)
      judgements += collect(
        [...resources.values()],
        verdicts,
        (asset, rule) => whole.has(asset) || affected.rules.get(asset)?.has(rule) === true,
        reading => dependencies.record(reading),
      )
    },
  }
}

function collect(
  resources: readonly Resource[],
  into: Verdicts,
  only?: (asset: string, rule: string) => boolean,
  onReads?: NonNullable<Parameters<typeof assess>[0]['onReads']>,
): number {
  const assessment = assess({
    snapshot: clusterWith(resources),
    rules,
    editions: [],
    now: '2026-03-01T12:00:00Z',
    tool: { name: 'plimsoll', version: '0.0.0' },
    ...(only && { only }),
    ...(onReads && { onReads }),
  })
  let count = 0
  for (const result of assessment.results()) {
    if (result.resource === null) continue
    count++
    const ofAsset = into.get(result.resource) ?? new Map<string, Result[]>()
    into.set(result.resource, ofAsset)
    ofAsset.set(result.rule, [...(ofAsset.get(result.rule) ?? []), result])
  }
  return count
}

/** Verdicts without empty entries and in an order of their own. */
function comparable(verdicts: Verdicts) {
  return [...verdicts]
    .map(
      ([asset, ofAsset]) =>
        [asset, [...ofAsset].filter(([, results]) => results.length > 0).sort(byKey)] as const,
    )
    .filter(([, ofAsset]) => ofAsset.length > 0)
    .sort(byKey)
}
const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1)

describe('judging again only what a change may affect', () => {
  it('gives what judging everything gives, through any history of changes', () => {
    const step = fc.record({ resource: anything, goes: fc.oneof(fc.constant(false), fc.boolean()) })
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 25 }), steps => {
        const cluster = keptUpToDate()
        for (const { resource, goes } of steps) {
          const id = idOf(resource)
          if (goes && !cluster.resources.has(id)) continue
          cluster.change(id, goes ? undefined : resource)
          // One asset of no interest keeps the cluster from ever being empty.
          const whole: Verdicts = new Map()
          if (cluster.resources.size > 0) collect([...cluster.resources.values()], whole)
          expect(comparable(cluster.verdicts)).toEqual(comparable(whole))
        }
      }),
      { numRuns: 100 },
    )
  }, 30_000)

  it('judges little', () => {
    const cluster = keptUpToDate()
    for (const namespace of namespaces)
      for (const name of names)
        cluster.change(
          `Deployment ${namespace}/${name}`,
          object('apps/v1', 'Deployment', { name, namespace }, { spec: { template: { spec: {} } } }),
        )
    const before = cluster.judgements()
    cluster.change(
      'NetworkPolicy a/x',
      object('networking.k8s.io/v1', 'NetworkPolicy', { name: 'x', namespace: 'a' }),
    )
    // The new object by the rule for any kind, the three Deployments of its namespace by the rule that lists policies there, and all six
    // by the rule that derives from every policy.
    expect(cluster.judgements() - before).toBe(1 + 3 + 6)
  })
})

describe('trackDependencies', () => {
  it('finds readings by kind, by namespace and by name, until they are replaced or forgotten', () => {
    const dependencies = trackDependencies()
    const affected = (kind: string, namespace: string, name: string) => {
      const { assets, rules: again } = dependencies.affectedBy({ apiVersion: 'v1', kind, namespace, name })
      return [[...assets], [...again].map(([asset, own]) => [asset, ...own])]
    }
    dependencies.record({ asset: 'a', reads: [{ kind: 'ReplicaSet', namespace: 'n', name: 'r' }] })
    dependencies.record({ asset: 'a', rule: 'one', reads: [{ kind: 'Secret', namespace: 'n', name: 's' }] })
    dependencies.record({
      asset: 'a',
      rule: 'two',
      reads: [{ kind: 'Secret', namespace: 'n' }, { kind: 'Secret' }],
    })
    expect(affected('ReplicaSet', 'n', 'r')).toEqual([['a'], []])
    expect(affected('Secret', 'n', 's')).toEqual([[], [['a', 'two', 'one']]])
    expect(affected('Secret', 'n', 'other')).toEqual([[], [['a', 'two']]])
    expect(affected('Secret', 'elsewhere', 's')).toEqual([[], [['a', 'two']]])
    dependencies.record({ asset: 'b', rule: 'one', reads: [{ kind: 'Route.example.com' }] })
    expect(affected('Route', 'n', 'r')).toEqual([[], []])
    const route = { apiVersion: 'example.com/v1', kind: 'Route', namespace: 'n', name: 'r' }
    expect([...dependencies.affectedBy(route).rules.keys()]).toEqual(['b'])
    dependencies.record({ asset: 'a', rule: 'two', reads: [] })
    expect(affected('Secret', 'n', 'other')).toEqual([[], []])
    dependencies.forget('a')
    expect(affected('Secret', 'n', 's')).toEqual([[], []])
    expect(affected('ReplicaSet', 'n', 'r')).toEqual([[], []])
  })
})
