import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rules as catalogue, editions as everyEdition } from '../../catalogue/index.ts'
import type { Edition } from '../../model/benchmark.ts'
import type { Gap } from '../../model/gap.ts'
import { omit } from '../../model/omit.ts'
import { defaultProfile, type Profile } from '../../model/profile.ts'
import type { Resource } from '../../model/resource.ts'
import type { Result } from '../../model/result.ts'
import type { Rule } from '../../model/rule.ts'
import type { RuleException } from '../../model/rule-exception.ts'
import type { Scope } from '../../model/snapshot.ts'
import { chooseEditions } from '../choose-editions.ts'
import { judgeRule } from '../judge-rule.ts'
import { anyResource, namespaces, readingRules } from '../testing/any-resource.ts'
import { control, edition, forbidden, ruleThat, run } from '../testing/assessing.ts'
import { essenceOf } from './essence.ts'
import { resourceKey } from './placements.ts'
import { scoresOf } from './posture.ts'
import { sharer } from './share.ts'
import { type Basis, openStanding, type Standing } from './standing.ts'

/** Beside the rules that read in every way: one that is off by default, one with a parameter, one that judges by the day. */
const rules: readonly Rule[] = [
  ...readingRules,
  ruleThat<Resource>('quiet', ({ metadata }) => (metadata.name === 'x' ? [fault] : []), {
    subject: 'ServiceAccount',
    defaultEnabled: false,
  }),
  ruleThat<Resource>(
    'dated',
    (_, { occasion }) => (occasion.day >= '2026-03-03' ? [{ ...fault, actual: occasion.day }] : []),
    { subject: 'Namespace', dated: true },
  ),
  ruleThat<Resource>(
    'bounded',
    ({ metadata }, { parameters }) => (metadata.name === parameters.word ? [fault] : []),
    {
      subject: 'Secret',
      parameters: { word: { type: 'string', default: 'x', description: 'a name' } },
    },
  ),
]
const fault = { path: 'metadata.name', actual: 'x', expected: 'y' }

const editions: readonly Edition[] = [
  edition(
    control('1', ['alone', 'by-name'], { section: '1', severity: 'critical' }),
    control('2', ['by-namespace'], { section: '1' }),
    control('3', ['of-all', 'dated'], { section: '2', severity: 'low' }),
    control('4', ['derived'], { section: '2', severity: 'medium' }),
    { ...control('5', []), rules: [{ rule: 'bounded', parameters: { word: 'y' } }], section: '3' },
    control('6', ['quiet', 'any-kind'], { section: '3' }),
    control('7', [], { section: '4', undecided: { manual: 'ask' } }),
  ),
]

interface Around {
  readonly gaps: readonly Gap[]
  readonly exceptions: readonly RuleException[]
  readonly profile: Profile
  readonly version: string | undefined
  readonly day: number
}

const gap: fc.Arbitrary<Gap> = fc
  .tuple(
    fc.constantFrom(
      'Pod',
      'ServiceAccount',
      'Secret',
      'NetworkPolicy',
      'ReplicaSet',
      'Deployment',
      'Rollout',
    ),
    fc.option(fc.constantFrom(...namespaces), { nil: undefined }),
  )
  .map(([kind, namespace]) => forbidden(kind, namespace))
const exception: fc.Arbitrary<RuleException> = fc.record({
  id: fc.constantFrom('e1', 'e2'),
  rules: fc.constantFrom(['alone'], ['by-*'], ['*']),
  scope: fc.record({ names: fc.constantFrom(['x'], ['*']), namespaces: fc.constantFrom(['a'], ['*']) }),
  owner: fc.constantFrom('ann', 'bob'),
  reason: fc.constant('risk-owned' as const),
  expires: fc.constantFrom('2026-03-02', '2026-12-31'),
})
const profile: fc.Arbitrary<Profile> = fc.constantFrom<Profile>(
  defaultProfile,
  { name: 'p', rules: { quiet: { enabled: true }, alone: { enabled: false, reason: 'r' } }, controls: {} },
  { name: 'q', rules: { bounded: { parameters: { word: 'z' } } }, controls: {} },
)
const around: fc.Arbitrary<(before: Around) => Around> = fc.oneof(
  fc.array(gap, { maxLength: 2 }).map(gaps => (before: Around) => ({ ...before, gaps })),
  fc.array(exception, { maxLength: 2 }).map(exceptions => (before: Around) => ({ ...before, exceptions })),
  profile.map(own => (before: Around) => ({ ...before, profile: own })),
  fc.constantFrom('1.33.1', '1.34.0', undefined).map(version => (before: Around) => ({ ...before, version })),
  fc.constant((before: Around) => ({ ...before, day: before.day + 1 })),
)
const step = fc.record({
  puts: fc.array(anyResource, { maxLength: 3 }),
  removed: fc.array(fc.nat(30), { maxLength: 2 }),
  around: fc.option(around, { freq: 3 }),
})

const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

function basisOf({ gaps, exceptions, profile: own, version, day }: Around): Basis {
  const scope: Scope = {
    type: 'cluster',
    id: 'c1',
    name: 'test',
    ...(version !== undefined && { kubernetesVersion: version }),
  }
  return {
    key: JSON.stringify([own, version]),
    scope,
    rules,
    editions,
    profile: own,
    exceptions,
    now: `2026-03-0${day}T12:00:00Z`,
    gaps,
  }
}

/** Findings as a store keeps them: replaced by what each step yields. */
function book() {
  const findings = new Map<string, Map<string, Result[]>>()
  return {
    findings,
    read(standing: Standing, basis: Basis) {
      let judged = 0
      for (const change of standing.step(basis)) {
        if (change.type === 'gone') {
          findings.delete(change.key)
          continue
        }
        judged++
        const { key } = change.asset.entry
        const own = findings.get(key) ?? new Map<string, Result[]>()
        findings.set(key, own)
        if (!change.rules) own.clear()
        for (const rule of change.rules ?? []) own.delete(rule)
        for (const result of change.results) own.set(result.rule, [...(own.get(result.rule) ?? []), result])
      }
      return judged
    },
    all: () => [...findings.values()].flatMap(own => [...own.values()].flat()),
  }
}

const textOf = ({
  rule,
  resource,
  parameters,
  discriminator,
  outcome,
  reason,
  evidence,
  exception,
}: Result) =>
  JSON.stringify([rule, resource, parameters, discriminator, outcome, reason, evidence, exception])
const sorted = (results: readonly Result[]) => results.map(textOf).sort()

/** What a cold assessment of the whole says. */
function cold(resources: ReadonlyMap<string, Resource>, basis: Basis) {
  const { results, summary } = run({
    snapshot: {
      scope: basis.scope,
      collector: { name: 'test', version: '1' },
      takenAt: basis.now,
      resources: [...resources]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, resource]) => ({ resource: copied(resource), source: { file: 'cluster', document: 0 } })),
      gaps: basis.gaps,
    },
    rules: basis.rules,
    editions: basis.editions,
    profile: basis.profile,
    exceptions: basis.exceptions,
    now: basis.now,
  })
  return {
    findings: sorted(
      results.filter(
        ({ outcome, resource }) => outcome !== 'pass' && outcome !== 'not-applicable' && resource !== null,
      ),
    ),
    unlisted: sorted(results.filter(({ resource }) => resource === null)),
    controls: summary.controls.map(one => omit(one, 'reason')),
    scores: summary.scores,
  }
}

function warm(standing: Standing, findings: readonly Result[]) {
  const posture = standing.posture()
  return {
    findings: sorted(findings),
    unlisted: sorted(posture.unlisted),
    controls: posture.editions.flatMap(({ controls }) =>
      controls.map(({ result }) => omit(result, 'reason')),
    ),
    scores: posture.editions.map(one => {
      const { section: __, ...score } = scoresOf(one)[0] as ReturnType<typeof scoresOf>[number]
      return score
    }),
  }
}

const start: Around = { gaps: [], exceptions: [], profile: defaultProfile, version: '1.34.0', day: 1 }

describe('openStanding', () => {
  it('comes to what judging everything anew comes to, through any history', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 3, maxLength: 8 }), steps => {
        const standing = openStanding('c1')
        const kept = book()
        const resources = new Map<string, Resource>()
        let now = start
        for (const { puts, removed, around: change } of steps) {
          for (const number of removed) {
            const key = [...resources.keys()][number]
            if (key === undefined) continue
            resources.delete(key)
            standing.remove(key)
          }
          for (const resource of puts) {
            resources.set(resourceKey(resource), resource)
            standing.put(copied(resource))
          }
          if (change) now = change(now)
          const basis = basisOf(now)
          kept.read(standing, basis)
          expect(warm(standing, kept.all())).toEqual(cold(resources, basis))
          for (const { before, after, parts } of standing.posture().moves ?? []) {
            if (before === null || after === null) expect(parts).toEqual({})
            else expect(tenths(Object.values(parts).reduce(plus, 0))).toBe(tenths(after - before))
          }
        }
      }),
      { numRuns: 1000, seed: 20260301 },
    )
  }, 300_000)

  it('does so with the whole catalogue', () => {
    const examples = catalogue.flatMap(({ examples: own }) =>
      [...Object.values(own.fail), ...Object.values(own.pass)].flatMap(({ given, with: others = [] }) => [
        given,
        ...others,
      ]),
    )
    const chosen = chooseEditions(everyEdition, { kubernetesVersion: '1.34.0' })
    const resource = fc.nat(examples.length - 1).map(index => examples[index] as Resource)
    const pieces = fc.record({
      puts: fc.array(resource, { minLength: 1, maxLength: 12 }),
      removed: fc.array(fc.nat(20), { maxLength: 2 }),
      gaps: fc.constantFrom<Gap[]>([], [], [forbidden('ServiceAccount')], [forbidden('ClusterRole')]),
    })
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 2, maxLength: 5 }), steps => {
        const standing = openStanding('c1')
        const kept = book()
        const resources = new Map<string, Resource>()
        for (const { puts, removed, gaps } of steps) {
          for (const number of removed) {
            const key = [...resources.keys()][number]
            if (key === undefined) continue
            resources.delete(key)
            standing.remove(key)
          }
          for (const one of puts) {
            resources.set(resourceKey(one), one)
            standing.put(copied(one))
          }
          const basis = { ...basisOf({ ...start, gaps }), rules: catalogue, editions: chosen }
          kept.read(standing, basis)
          expect(warm(standing, kept.all())).toEqual(cold(resources, basis))
        }
      }),
      { numRuns: 25, seed: 20260302 },
    )
  }, 300_000)

  it('goes on from what was kept elsewhere as if it had been there', () => {
    const resource = fc.array(anyResource, { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(
        resource,
        resource,
        fc.constantFrom<Gap[]>([], [forbidden('Secret')]),
        (first, then, gaps) => {
          const basis = basisOf({ ...start, gaps })
          const here = openStanding('c1')
          for (const one of first) here.put(copied(one))
          const vectors = new Map<string, readonly [string, Uint8Array]>()
          for (const change of here.step(basis))
            if (change.type === 'judged')
              vectors.set(change.asset.entry.key, [
                change.asset.entry.namespace,
                Uint8Array.from(change.vector),
              ])
          for (const one of then) here.put(copied(one))
          const gone = [...here.step(basis)].flatMap(change => (change.type === 'gone' ? change.key : []))

          const there = openStanding('c1')
          for (const one of [...first, ...then]) there.put(copied(one))
          for (const [key, [namespace, bytes]] of vectors) there.seed(key, namespace, bytes)
          there.seedGaps(gaps, undefined)
          const changes = [...there.step(basis)]
          expect(changes.flatMap(change => (change.type === 'gone' ? change.key : []))).toEqual(gone)
          expect(there.posture().moves).toEqual(here.posture().moves)
          expect(warm(there, [])).toEqual(warm(here, []))
        },
      ),
      { numRuns: 200, seed: 20260303 },
    )
  }, 60_000)

  it('claims nothing of what is stale, and judges nothing again for it', () => {
    const standing = openStanding('c1')
    standing.put(copied({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a', labels: {} } }))
    const basis = basisOf(start)
    book().read(standing, basis)
    const whole = warm(standing, [])
    const stale: Gap = { scope: 'api', reason: 'stale', detail: 'silent' }
    expect([...standing.step({ ...basis, stale })]).toEqual([])
    expect(standing.posture().editions.flatMap(scoresOf)[0]).toMatchObject({ value: null })
    expect(standing.posture().gaps).toContain(stale)
    expect([...standing.step(basis)]).toEqual([])
    expect(warm(standing, [])).toEqual(whole)
  })
})

const tenths = (points: number) => Math.round(points * 10)
const plus = (a: number, b: number) => a + b

describe('essenceOf', () => {
  it('keeps all by which any rule of the catalogue judges', () => {
    const judge = (rule: Rule, given: Resource, others: readonly Resource[]) =>
      judgeRule(rule, given, { with: others })
    for (const rule of catalogue)
      for (const { given, with: others = [] } of [
        ...Object.values(rule.examples.fail),
        ...Object.values(rule.examples.pass),
      ]) {
        const sharing = sharer()
        const kept = (one: Resource) => sharing.share(essenceOf(copied(one)))
        expect(judge(rule, kept(given), others.map(kept))).toEqual(
          judge(rule, copied(given), others.map(copied)),
        )
      }
  })
})
