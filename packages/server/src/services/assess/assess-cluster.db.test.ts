import { type Gap, openStanding, type Resource, type RuleException, scoresOf } from '@plimsoll/core'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FindingAt, findingsAt } from '../../store/finding-writes.ts'
import { scoresAt, talliesAt } from '../../store/tallies.ts'
import { findingId } from './finding-rows.ts'
import { accepted, labelled, snapshotStep } from './testing/histories.ts'
import {
  account,
  assessmentWorld,
  clusterId,
  configMap,
  editions,
  forbidden,
  rules,
  type World,
} from './testing/world.ts'

let world: World
beforeEach(async () => {
  world = await assessmentWorld()
})
afterEach(() => world.fresh.close())

interface Row {
  readonly rule: string
  readonly name: string
  readonly discriminator: string | null
  readonly state: string
  readonly outcome: string
  readonly resolution: string | null
  readonly reopened: number
}
const findings = async (): Promise<string[]> => {
  const { rows } =
    await sql<Row>`select rule, name, discriminator, state, outcome, resolution, reopened from finding
    where asset_key <> '' order by rule, name, discriminator`.execute(world.fresh.db)
  return rows.map(({ rule, name, discriminator, state, outcome, resolution, reopened }) =>
    [
      `${rule} ${name}${discriminator === null ? '' : `[${discriminator}]`} ${state} ${outcome}`,
      ...(resolution === null ? [] : [resolution]),
      ...(reopened > 0 ? [`reopened ${reopened}`] : []),
    ].join(', '),
  )
}
const score = async () =>
  (await scoresAt(world.fresh.db, clusterId, undefined)).find(({ section }) => section === '')
const moves = async () =>
  (
    await sql<{ before: number; after: number; parts: Record<string, number> }>`
      select before, after, parts from score_move order by at`.execute(world.fresh.db)
  ).rows

describe('assessCluster', () => {
  it('opens, resolves and reopens findings', async () => {
    const assess = world.replica()
    await world.send([configMap('a', { bad: '1' }, labelled), account('a')])
    expect(await assess()).toMatchObject({ outcome: 'assessed', revision: 1, isCold: true, resources: 2 })
    expect(await findings()).toEqual(['no-bad-key a[bad] open fail'])
    world.pass(60_000)
    await world.send([configMap('a', {}, labelled), account('a')])
    expect(await assess()).toMatchObject({ outcome: 'assessed', isCold: false })
    expect(await findings()).toEqual(['no-bad-key a[bad] resolved fail, fixed'])
    world.pass(60_000)
    await world.send([configMap('a', { bad: '1' }, labelled), account('a')])
    await assess()
    expect(await findings()).toEqual(['no-bad-key a[bad] open fail, reopened 1'])
    world.pass(60_000)
    await world.send([account('a')])
    await assess()
    expect(await findings()).toEqual(['no-bad-key a[bad] resolved fail, resource removed, reopened 1'])
  })

  it('writes nothing where nothing changed, and once where two replicas do the same', async () => {
    await world.send([configMap('a', { bad: '1' })])
    const [one, two] = [world.replica(), world.replica()]
    const done = await Promise.all([one(), two()])
    expect(done.map(({ outcome }) => outcome).sort()).toEqual(['assessed', 'current'])
    expect(await one()).toMatchObject({ outcome: 'current' })
  })

  it('leaves nothing behind where it is interrupted, and goes on from there', async () => {
    await world.send([configMap('a', { bad: '1' }, labelled), account('a')])
    const assess = world.replica()
    await assess()
    await world.send([configMap('a', { bad: '2' }, labelled), configMap('b')])
    const broken = world.fresh.db.withPlugin({
      transformQuery({ node }) {
        if (JSON.stringify(node).includes('insert into rule_count')) throw new Error('killed')
        return node
      },
      transformResult: async ({ result }) => result,
    })
    await expect(assess({ db: broken })).rejects.toThrow('killed')
    expect(await findings()).toEqual(['no-bad-key a[bad] open fail'])
    expect(await assess()).toMatchObject({ outcome: 'assessed', isCold: true })
    expect(await findings()).toEqual([
      'has-account a open fail',
      'has-account b open fail',
      'has-labels b open fail',
      'no-bad-key a[bad] open fail',
    ])
  })

  it('takes what a gap hides for neither fixed nor failing, and keeps its proof', async () => {
    const assess = world.replica()
    await world.send([configMap('a', { bad: '1' }, labelled)])
    await assess()
    expect(await findings()).toEqual(['has-account a open fail', 'no-bad-key a[bad] open fail'])
    await world.send([], [forbidden('ConfigMap')])
    await assess()
    expect(await findings()).toEqual([
      'has-account a open not-evaluated',
      'no-bad-key a[bad] open not-evaluated',
    ])
    const proof = await sql<{ evidence: unknown; reason: string }>`
      select evidence, reason from finding where rule = 'no-bad-key' and asset_key <> ''`.execute(
      world.fresh.db,
    )
    expect(proof.rows).toEqual([
      {
        evidence: [{ path: 'data.bad', actual: '1', expected: 'nothing' }],
        reason: 'may not list ConfigMap',
      },
    ])
    await world.send([configMap('b', {}, labelled), account('b')])
    await assess()
    expect(await findings()).toEqual([
      'has-account a resolved not-evaluated, resource removed',
      'no-bad-key a[bad] resolved not-evaluated, resource removed',
    ])
  })

  it('covers findings by exceptions, and opens them when these end', async () => {
    const assess = world.replica()
    await world.send([configMap('a', { bad: '1' }, labelled), account('a')])
    await assess()
    const exception: RuleException = {
      id: 'e1',
      rules: ['no-bad-key'],
      scope: {},
      owner: 'ann',
      reason: 'risk-owned',
      expires: '2026-02-03',
    }
    world.decide({ exceptions: [exception] })
    await assess()
    expect(await findings()).toEqual(['no-bad-key a[bad] excepted fail'])
    world.pass(24 * 3_600_000)
    await assess()
    expect(await findings()).toEqual(['no-bad-key a[bad] open fail'])
  })

  it('tells why a score moved', async () => {
    const assess = world.replica()
    await world.send([
      configMap('a', { bad: '1' }, labelled),
      configMap('b', {}, labelled),
      account('a'),
      account('b'),
    ])
    await assess()
    expect(await score()).toMatchObject({ value: 83.3 })
    await world.send([configMap('a', {}, labelled), configMap('b', {}, labelled), account('a')])
    await assess()
    expect(await moves()).toEqual([{ before: 83.3, after: 83.3, parts: { fixed: 16.7, failed: -16.7 } }])
  })

  it('claims nothing of a silent cluster, and claims again when it speaks', async () => {
    const assess = world.replica()
    await world.send([configMap('a', { bad: '1' }, labelled), account('a')])
    await assess()
    const whole = await score()
    await sql`update collector_scope set stale_since = now()`.execute(world.fresh.db)
    await assess()
    expect(await score()).toMatchObject({ value: null, low: 0, high: 100 })
    expect(await findings()).toEqual(['no-bad-key a[bad] open fail'])
    await sql`update collector_scope set stale_since = null`.execute(world.fresh.db)
    await assess()
    expect(await score()).toEqual(whole)
  })
})

/** Counts that are kept step by step are what counting says. */
async function expectCounted() {
  const { db } = world.fresh
  for (const field of ['rule', 'kind', 'namespace']) {
    const columns = sql`${sql.ref(field)} as value, state, outcome, severity`
    const kept =
      await sql`select ${columns}, count from ${sql.table(`finding_${field}_count`)} order by 1, 2, 3, 4`.execute(
        db,
      )
    const counted =
      await sql`select ${columns}, count(*)::int as count from finding group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(
        db,
      )
    expect(kept.rows).toEqual(counted.rows)
  }
  const kept = await sql`select root_key, failed, resources, rules from root_count order by 1`.execute(db)
  const counted =
    await sql`select root_key, count(*)::int as failed, count(distinct asset_key)::int as resources,
    count(distinct rule)::int as rules from finding where state = 'open' and outcome = 'fail' group by 1 order by 1`.execute(
      db,
    )
  expect(kept.rows).toEqual(counted.rows)
}

const step = fc.record({ ...snapshotStep, replica: fc.constantFrom(0, 1, 2) })

/** What an assessment of the whole, kept nowhere, says. */
function cold(resources: readonly Resource[], gaps: readonly Gap[], exceptions: readonly RuleException[]) {
  const standing = openStanding(clusterId)
  for (const one of resources) standing.put(structuredClone(one))
  const found: string[] = []
  for (const change of standing.step({
    key: 'k',
    scope: { type: 'cluster', id: clusterId, name: 'shop', kubernetesVersion: '1.34.1' },
    rules,
    editions,
    profile: { name: 'default', rules: {}, controls: {} },
    exceptions,
    now: world.now().toISOString(),
    gaps,
  }))
    if (change.type === 'judged')
      for (const { rule, resource: at, discriminator, outcome, exception } of change.results)
        if (outcome === 'fail') {
          const asset = (at as string).slice(clusterId.length + 1)
          found.push(
            `${findingId(rule, asset, discriminator ?? null, undefined)} ${exception ? 'excepted' : 'open'}`,
          )
        }
  const scores = standing
    .posture()
    .editions.flatMap(scoresOf)
    .map(({ section, value, low, high }) => ({ section, value, low, high }))
  return { findings: found.sort(), scores }
}

describe('what is kept', () => {
  it('is what a cold assessment says, through any history and by any replica; and what it was can be asked', async () => {
    const { db } = world.fresh
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async steps => {
        for (const table of [
          'finding',
          'finding_interval',
          'asset',
          'tally',
          'score',
          'score_move',
          'assessment',
          'rule_count',
        ])
          await sql`delete from ${sql.table(table)}`.execute(db)
        const replicas = [world.replica(), world.replica(), world.replica(0)]
        const past: { at: string; findings: readonly FindingAt[]; tallies: unknown; scores: unknown }[] = []
        for (const { resources, gaps, replica, excepts } of steps) {
          const exceptions = excepts ? [accepted] : []
          world.pass(1000)
          world.decide({ exceptions })
          await world.send(resources, gaps)
          const done = await replicas[replica]?.()
          const wanted = cold(resources, gaps, exceptions)
          const now = await findingsAt(db, clusterId, 'infinity'.replace('infinity', '9999-01-01'))
          expect(
            now
              .filter(({ outcome }) => outcome === 'fail')
              .map(one => `${one.finding_id} ${one.state}`)
              .sort(),
          ).toEqual(wanted.findings)
          await expectCounted()
          const scores = await scoresAt(db, clusterId, undefined)
          expect(
            scores
              .filter(({ scope_key }) => scope_key === '')
              .map(({ section, value, low, high }) => ({ section, value, low, high })),
          ).toEqual(wanted.scores)
          if (done?.at)
            past.push({
              at: done.at,
              findings: now,
              tallies: await talliesAt(db, clusterId, undefined),
              scores,
            })
        }
        for (const { at, findings: then, tallies, scores } of past) {
          expect(await findingsAt(db, clusterId, at)).toEqual(then)
          expect(await talliesAt(db, clusterId, at)).toEqual(tallies)
          expect(await scoresAt(db, clusterId, at)).toEqual(scores)
        }
        for (const { before, after, parts } of await moves()) {
          const sum = Object.values(parts).reduce((a, b) => a + b, 0)
          if (before !== null && after !== null)
            expect(Math.round(sum * 10)).toBe(Math.round((after - before) * 10))
        }
      }),
      { numRuns: 40, seed: 20260203 },
    )
  }, 120_000)
})
