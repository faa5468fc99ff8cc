import { randomBytes } from 'node:crypto'
import { knownWordsOf } from '@plimsoll/core'
import { editions, rules } from '@plimsoll/core/catalogue'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSample } from '../../store/sample.ts'
import { scoresAt } from '../../store/tallies.ts'
import { type FreshDatabase, freshDatabase } from '../../testing/database.ts'
import { samplePlans } from './plans.ts'
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
})
