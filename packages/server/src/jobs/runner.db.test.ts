import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connect } from '../store/connect.ts'
import { askFor, countJobs, extendLease, failJob, finishJob, type TakenJob, takeJobs } from '../store/jobs.ts'
import { type FreshDatabase, freshDatabase } from '../testing/database.ts'
import { type JobReport, type Queue, type Runner, startRunner } from './runner.ts'

let database: FreshDatabase
let runners: Runner[]
beforeEach(async () => {
  database = await freshDatabase()
  runners = []
})
afterEach(async () => {
  await Promise.all(runners.map(runner => runner.stop(0)))
  await database.close()
})

const run = (
  options: Partial<Parameters<typeof startRunner>[0]> & { readonly queues: readonly Queue[] },
): Runner => {
  const runner = startRunner({ db: database.db, poll: 20, ...options })
  runners.push(runner)
  return runner
}
const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise(resolve => setTimeout(resolve, 5))
}
/** Waits for a promise that whoever calls it settles. */
function gate() {
  let open = () => {}
  const passed = new Promise<void>(resolve => {
    open = resolve
  })
  return { open, passed }
}

describe('jobs', () => {
  it('are one for each key, and once more where they are asked for while they are done', async () => {
    const { db } = database
    for (let i = 0; i < 3; i++) await askFor(db, 'assess', 'c1', { payload: { i } })
    const [job] = await takeJobs(db, 'assess', 10, 60_000)
    expect(job).toMatchObject({ key: 'c1', payload: { i: 2 }, attempt: 1 })
    expect(await takeJobs(db, 'assess', 10, 60_000)).toEqual([])
    await askFor(db, 'assess', 'c1')
    await finishJob(db, job as TakenJob)
    const [again] = await takeJobs(db, 'assess', 10, 60_000)
    expect(again).toMatchObject({ key: 'c1', attempt: 1 })
    await finishJob(db, again as TakenJob)
    expect(await countJobs(db)).toEqual([])
  })

  it('of a worker that is not heard of are taken up by another, and the first one then has no say', async () => {
    const { db } = database
    await askFor(db, 'assess', 'c1')
    const [lost] = (await takeJobs(db, 'assess', 1, -1)) as [TakenJob]
    const [taken] = (await takeJobs(db, 'assess', 1, 60_000)) as [TakenJob]
    expect(taken.attempt).toBe(2)
    expect(await extendLease(db, lost, 60_000)).toBe(false)
    await finishJob(db, lost)
    await failJob(db, lost, 'too late', undefined)
    expect(await countJobs(db)).toMatchObject([{ state: 'running', count: 1 }])
    expect(await extendLease(db, taken, 60_000)).toBe(true)
  })

  it('are asked for if and only if the transaction commits', async () => {
    const { db } = database
    await db
      .transaction()
      .execute(async trx => {
        await askFor(trx, 'assess', 'c1')
        throw new Error('no')
      })
      .catch(() => {})
    expect(await countJobs(db)).toEqual([])
  })

  it('are taken by one only, however many take', async () => {
    const { db } = database
    for (let i = 0; i < 40; i++) await askFor(db, 'assess', `c${i}`)
    const taken = await Promise.all(Array.from({ length: 8 }, () => takeJobs(db, 'assess', 7, 60_000)))
    const keys = taken.flat().map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('startRunner', () => {
  it('does what is asked for, and tries again what failed until it is given up', async () => {
    const reports: JobReport[] = []
    run({
      queues: [
        {
          name: 'assess',
          atOnce: 2,
          attempts: 3,
          work: async ({ key }) => {
            if (key === 'bad') throw new Error('broken')
          },
        },
      ],
      backoff: 1,
      onReport: report => reports.push(report),
    })
    await askFor(database.db, 'assess', 'bad')
    await askFor(database.db, 'assess', 'good')
    await until(() => reports.length === 4)
    expect(reports.map(({ key, outcome }) => `${key} ${outcome}`).sort()).toEqual([
      'bad dead',
      'bad failed',
      'bad failed',
      'good done',
    ])
    const dead = await sql<{ error: string }>`select error from job where state = 'dead'`.execute(database.db)
    expect(dead.rows[0]?.error).toContain('broken')
    await askFor(database.db, 'assess', 'bad')
    await until(() => reports.length === 7)
  })

  it('shares the work of one queue among replicas, one job of a key at a time', async () => {
    let most = 0
    const now = new Map<string, number>()
    const done: string[] = []
    const work = async ({ key }: TakenJob) => {
      now.set(key, (now.get(key) ?? 0) + 1)
      most = Math.max(most, now.get(key) ?? 0)
      await new Promise(resolve => setTimeout(resolve, 2))
      now.set(key, (now.get(key) ?? 1) - 1)
      done.push(key)
    }
    const pair = [1, 2].map(() => run({ queues: [{ name: 'assess', atOnce: 3, work }] }))
    for (let i = 0; i < 60; i++) {
      await askFor(database.db, 'assess', `c${i % 5}`)
      for (const runner of pair) runner.wake()
    }
    await until(() => new Set(done).size === 5)
    expect(most).toBe(1)
  })

  it('keeps what it works on, and gives it back when it is stopped', async () => {
    const started = gate()
    const reports: JobReport[] = []
    const runner = run({
      lease: 60,
      queues: [
        {
          name: 'assess',
          atOnce: 1,
          work: (_, signal) => {
            started.open()
            return new Promise((__, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
          },
        },
      ],
      onReport: report => reports.push(report),
    })
    await askFor(database.db, 'assess', 'c1')
    await started.passed
    // Longer than the lease: it was extended meanwhile.
    await new Promise(resolve => setTimeout(resolve, 150))
    expect(await takeJobs(database.db, 'assess', 1, 1000)).toEqual([])
    await runner.stop(0)
    expect(reports.map(({ outcome }) => outcome)).toEqual(['returned'])
    expect(await takeJobs(database.db, 'assess', 1, 1000)).toMatchObject([{ key: 'c1', attempt: 1 }])
  })

  it('tries again to give back where the database is away for a moment when it stops', async () => {
    let failures = 2
    let began = false
    const flaky = database.db.withPlugin({
      transformQuery({ node }) {
        if (JSON.stringify(node).includes('attempts = attempts - 1') && failures-- > 0)
          throw new Error('away')
        return node
      },
      transformResult: async ({ result }) => result,
    })
    const reports: JobReport[] = []
    const work = (_: TakenJob, signal: AbortSignal) =>
      new Promise<void>((_resolve, reject) => {
        began = true
        signal.addEventListener('abort', () => reject(signal.reason as Error))
      })
    const runner = run({
      db: flaky,
      queues: [{ name: 'assess', atOnce: 1, work }],
      poll: 5,
      onReport: report => reports.push(report),
    })
    await askFor(database.db, 'assess', 'one')
    await until(() => began)
    await runner.stop(0)
    expect(reports.map(({ outcome }) => outcome)).toEqual(['returned'])
    const { rows } = await sql<{ state: string; attempts: number }>`select state, attempts from job`.execute(
      database.db,
    )
    expect(rows).toEqual([{ state: 'waiting', attempts: 0 }])
  })

  it('gives back what failed by a restart of the database as soon as that answers, long before the lease ends', async () => {
    const { db, url } = database
    const server = new URL(url)
    const name = server.pathname.slice(1)
    server.pathname = '/postgres'
    const admin = connect(server.href)
    const allow = (isOpen: boolean) => admin.pool.query(`alter database ${name} allow_connections ${isOpen}`)
    const started = gate()
    const reports: JobReport[] = []
    let refused = 0
    run({
      lease: 600_000,
      backoff: 1,
      queues: [
        {
          name: 'assess',
          atOnce: 1,
          work: async ({ attempt }) => {
            if (attempt > 1) return
            const lost = sql`select pg_sleep(600)`.execute(db)
            started.open()
            await lost
          },
        },
      ],
      onReport: report => reports.push(report),
      onError: () => refused++,
    })
    await askFor(db, 'assess', 'c1')
    await started.passed
    await allow(false)
    await admin.pool.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
      name,
    ])
    await until(() => refused > 3)
    await allow(true)
    await until(() => reports.length === 2)
    expect(reports.map(({ attempt, outcome }) => `${attempt} ${outcome}`)).toEqual(['1 failed', '2 done'])
    await admin.close()
  })

  it('asks for what is scheduled, once for all replicas', async () => {
    const done: string[] = []
    const queue = {
      name: 'housekeeping',
      atOnce: 1,
      work: async ({ key }: TakenJob) => {
        done.push(key)
      },
    }
    const schedules = [{ name: 'retention', queue: 'housekeeping', every: 3_600_000 }]
    run({ queues: [queue], schedules })
    run({ queues: [queue], schedules })
    await until(() => done.length > 0)
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(done).toEqual(['retention'])
  })
})
