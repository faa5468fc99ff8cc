import { randomBytes } from 'node:crypto'
import { knownWordsOf } from '@plimsoll/core'
import { editions, rules } from '@plimsoll/core/catalogue'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callerOf } from '../../http/testing/test-app.ts'
import { hasSample, sampleProgress } from '../../store/sample.ts'
import { scoresAt } from '../../store/tallies.ts'
import { type FreshDatabase, freshDatabase } from '../../testing/database.ts'
import { faultOf } from '../testing/fault-of.ts'
import { samplePlans } from './plans.ts'
import { removeSample, sampleActor } from './remove-sample.ts'
import { showSample } from './show-sample.ts'

let fresh: FreshDatabase
const now = new Date('2026-06-01T10:00:00Z')
const worldOf = ({ db }: FreshDatabase) => ({
  db,
  now: () => now,
  randomBytes,
  pack: { rules, editions, version: 'test' },
  known: knownWordsOf(rules, editions),
  profileOf: async () => ({ profile: { name: 'default', rules: {}, controls: {} } }),
})
beforeAll(async () => {
  fresh = await freshDatabase()
  await showSample(worldOf(fresh))
}, 120_000)
afterAll(() => fresh.close())

const count = async (where: string) =>
  Number((await fresh.pool.query<{ n: string }>(`select count(*) as n from ${where}`)).rows[0]?.n)

describe('the sample fleet', () => {
  it('is marked as what it is, and nobody can send in its name', async () => {
    expect(await hasSample(fresh.db)).toBe(true)
    expect(await count('cluster where is_sample')).toBe(samplePlans.length)
    expect(await count('enrolment where revoked_at is null')).toBe(0)
  })

  it('has findings in every state, and a past', async () => {
    for (const where of [
      "finding where state = 'open' and outcome = 'fail'",
      "finding where state = 'excepted'",
      "finding where state = 'resolved' and resolution = 'fixed'",
      "finding where state = 'resolved' and resolution = 'resource removed'",
      "finding where state = 'open' and reopened > 0",
      "finding where outcome = 'not-evaluated'",
      "finding_interval where valid_to < '2026-05-25'",
      'score_move where before <> after',
      'assessment where stale_since is not null',
      "resource_version where valid_to < 'infinity'",
    ])
      expect({ where, some: (await count(where)) > 0 }).toEqual({ where, some: true })
    expect(await count(`finding where first_seen > '${now.toISOString()}'`)).toBe(0)
  })

  it('shows scores that moved', async () => {
    const id = samplePlans[0]?.id as string
    const whole = async (at: Date) =>
      (await scoresAt(fresh.db, id, at)).filter(
        ({ scope_key, section }) => scope_key === '' && section === '',
      )
    const [then, today] = [await whole(new Date('2026-05-01')), await whole(new Date('2026-06-02'))]
    expect(then.length).toBeGreaterThan(4)
    expect(today).not.toEqual(then)
  })

  it('is the same at every run', async () => {
    const [edge] = samplePlans.filter(({ isSilent }) => isSilent)
    if (!edge) throw new Error('no cluster of the sample is silent')
    const states = `select finding_id, state, evidence, first_seen, changed_at from finding where cluster_id = '${edge.id}' order by 1`
    await using again = await freshDatabase()
    await showSample(worldOf(again), { plans: [edge] })
    const { rows } = await again.pool.query(states)
    expect(rows.length).toBeGreaterThan(10)
    expect(rows).toEqual((await fresh.pool.query(states)).rows)
  })

  it('is begun anew where it was broken off, and never twice', async () => {
    const [edge] = samplePlans.filter(({ isSilent }) => isSilent)
    if (!edge) throw new Error('no cluster of the sample is silent')
    await using again = await freshDatabase()
    const plans = [edge]
    const own = worldOf(again)
    let steps = 0
    const broken = showSample(own, {
      plans,
      onProgress: () => {
        if (++steps === 2) throw new Error('killed')
      },
    })
    await expect(broken).rejects.toThrow('killed')
    expect(await sampleProgress(again.db)).toMatchObject({
      state: 'interrupted',
      snapshots: edge.history.length,
    })
    const stopping = new AbortController()
    const stopped = showSample(own, { plans, onProgress: () => stopping.abort(), signal: stopping.signal })
    expect(await stopped).toBe('stopped')
    const two = await Promise.all([1, 2].map(() => showSample(own, { plans })))
    expect(two).toEqual(['shown', 'shown'])
    expect(await showSample(own, { plans })).toBe('shown')
    expect(await sampleProgress(again.db)).toMatchObject({ state: 'shown', done: edge.history.length })
    const rows = async (where: string) =>
      Number((await again.pool.query<{ n: string }>(`select count(*) as n from ${where}`)).rows[0]?.n)
    expect(await rows('cluster')).toBe(1)
    expect(await rows('enrolment')).toBe(1)
    expect(await rows('snapshot')).toBe(edge.history.length)
    const states = `select finding_id, state, evidence, first_seen, changed_at from finding where cluster_id = '${edge.id}' order by 1`
    expect((await again.pool.query(states)).rows).toEqual((await fresh.pool.query(states)).rows)
  })

  it('is taken away as a whole, and comes back only where it is asked for', async () => {
    let decided = 0
    const deps = {
      ...worldOf(fresh),
      onDecided: async () => {
        decided++
      },
    }
    const admin = callerOf('admin')
    expect(
      await faultOf(removeSample(deps, { ...admin, permitted: { all: false, terms: [] } }, sampleActor)),
    ).toBe('forbidden')
    await removeSample(deps, admin, sampleActor)
    expect(decided).toBe(1)
    const { rows } = await fresh.pool.query<{ table: string }>(`
      select table_name as table from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_schema = 'public' and column_name = 'cluster_id' and table_type = 'BASE TABLE' order by 1`)
    expect(rows.length).toBeGreaterThan(20)
    const left = []
    for (const { table } of rows) if ((await count(`"${table}"`)) > 0) left.push(table)
    expect(left).toEqual([])
    expect(await count('exception')).toBe(0)
    expect(await hasSample(fresh.db)).toBe(false)
    expect(await showSample(worldOf(fresh))).toBe('removed')
    expect(await faultOf(removeSample(deps, admin, sampleActor))).toBe('not-found')
    const [edge] = samplePlans.filter(({ isSilent }) => isSilent)
    expect(await showSample(worldOf(fresh), { plans: edge ? [edge] : [], again: true })).toBe('shown')
    expect(await hasSample(fresh.db)).toBe(true)
  })
})
