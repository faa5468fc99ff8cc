// Jobs: the statements of work that waits to be done. All times are the database's, so that replicas whose clocks differ agree.

import { sql } from 'kysely'
import type { Client } from './schema.ts'

export interface TakenJob {
  readonly queue: string
  readonly key: string
  readonly payload: unknown
  /** From 1. */
  readonly attempt: number
  /** What holds the job: whoever has another one has lost it. */
  readonly lease: string
  /** Milliseconds that it waited after it was due. */
  readonly waited: number
}

/**
 * Asks for work. What waits already stays as it is, but for an earlier time; what is under way is done once more after that; what was given
 * up is tried again. Give a transaction, and it is asked for if and only if that commits.
 */
export async function askFor(
  db: Client,
  queue: string,
  key: string,
  { payload = {}, delay = 0 }: { readonly payload?: unknown; readonly delay?: number } = {},
): Promise<void> {
  await sql`
    insert into job (queue, key, payload, run_at, created_at)
    values (${queue}, ${key}, ${JSON.stringify(payload)}::jsonb,
      clock_timestamp() + ${delay} * interval '1 millisecond', clock_timestamp())
    on conflict (queue, key) do update set
      payload = excluded.payload,
      wanted = job.wanted + 1,
      state = case when job.state = 'dead' then 'waiting' else job.state end,
      attempts = case when job.state = 'dead' then 0 else job.attempts end,
      run_at = case when job.state = 'running' then job.run_at
        when job.state = 'dead' then excluded.run_at else least(job.run_at, excluded.run_at) end`.execute(db)
}

type Row = {
  readonly queue: string
  readonly key: string
  readonly payload: unknown
  readonly attempts: number
  readonly lease: string
  readonly waited: number
}

/**
 * Takes up to so many jobs that are due, the longest waiting first, and those whose worker has not been heard of for its lease. Each is the
 * taker's for `lease` milliseconds, unless extended.
 */
export async function takeJobs(
  db: Client,
  queue: string,
  most: number,
  lease: number,
): Promise<readonly TakenJob[]> {
  const { rows } = await sql<Row>`
    update job set state = 'running', attempts = attempts + 1, taken = wanted, lease = gen_random_uuid(),
      leased_until = clock_timestamp() + ${lease} * interval '1 millisecond'
    where (queue, key) in (
      select queue, key from job
      where queue = ${queue}
        and ((state = 'waiting' and run_at <= clock_timestamp())
          or (state = 'running' and leased_until < clock_timestamp()))
      order by run_at limit ${most} for update skip locked)
    returning queue, key, payload, attempts, lease::text,
      (extract(epoch from clock_timestamp() - run_at) * 1000)::float8 as waited`.execute(db)
  return rows.map(({ attempts, ...row }) => ({ ...row, attempt: attempts }))
}

/** True while the job is still the taker's; it is then for another `lease` milliseconds. */
export async function extendLease(db: Client, job: TakenJob, lease: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update job set leased_until = clock_timestamp() + ${lease} * interval '1 millisecond'
    where queue = ${job.queue} and key = ${job.key} and lease = ${job.lease}::uuid and state = 'running'`.execute(
    db,
  )
  return numAffectedRows === 1n
}

/** The work is done: it is gone, or due again where it was asked for meanwhile. */
export async function finishJob(db: Client, job: TakenJob): Promise<void> {
  const mine = sql`queue = ${job.queue} and key = ${job.key} and lease = ${job.lease}::uuid`
  const { numAffectedRows } = await sql`delete from job where ${mine} and wanted = taken`.execute(db)
  if (numAffectedRows === 1n) return
  await sql`update job set state = 'waiting', attempts = 0, lease = null, leased_until = null, error = null,
    run_at = clock_timestamp() where ${mine}`.execute(db)
}

/** The work failed: it is tried again after `delay` milliseconds; without one it is given up and kept, to be looked at. */
export async function failJob(
  db: Client,
  job: TakenJob,
  error: string,
  delay: number | undefined,
): Promise<void> {
  await sql`update job set lease = null, leased_until = null, error = ${error}, failed_at = clock_timestamp(),
      state = ${delay === undefined ? 'dead' : 'waiting'},
      run_at = clock_timestamp() + ${delay ?? 0} * interval '1 millisecond'
    where queue = ${job.queue} and key = ${job.key} and lease = ${job.lease}::uuid`.execute(db)
}

/** A worker that stops gives its job back as if it had not taken it. */
export async function returnJob(db: Client, job: TakenJob): Promise<void> {
  await sql`update job set state = 'waiting', attempts = attempts - 1, lease = null, leased_until = null
    where queue = ${job.queue} and key = ${job.key} and lease = ${job.lease}::uuid`.execute(db)
}

/** Makes or changes a schedule: a job of that queue, with its name as key, every so many milliseconds. */
export async function keepSchedule(db: Client, name: string, queue: string, every: number): Promise<void> {
  await sql`insert into schedule (name, queue, every, next_at)
    values (${name}, ${queue}, ${every} * interval '1 millisecond', clock_timestamp())
    on conflict (name) do update set queue = excluded.queue, every = excluded.every,
      next_at = least(schedule.next_at, clock_timestamp() + excluded.every)`.execute(db)
}

/** Asks for what schedules say is due; each due time is asked for by one replica only. */
export async function askForScheduled(db: Client): Promise<number> {
  const { rows } = await sql<{ name: string; queue: string }>`
    update schedule set next_at = clock_timestamp() + every
    where next_at <= clock_timestamp() returning name, queue`.execute(db)
  for (const { name, queue } of rows) await askFor(db, queue, name)
  return rows.length
}

export interface QueueCount {
  readonly queue: string
  readonly state: 'waiting' | 'running' | 'dead'
  readonly count: number
  /** Seconds for which the one that is due longest has waited. */
  readonly oldest: number
}

export async function countJobs(db: Client): Promise<readonly QueueCount[]> {
  const { rows } = await sql<QueueCount>`
    select queue, state, count(*)::int as count,
      greatest(0, extract(epoch from clock_timestamp() - min(run_at)))::float8 as oldest
    from job group by queue, state order by queue, state`.execute(db)
  return rows
}

/** Asks for work about every cluster that is there; clusters that are asked for already stay so. */
export async function askForEachCluster(db: Client, queue: string): Promise<void> {
  await sql`
    insert into job (queue, key, run_at, created_at)
    select ${queue}, cluster_id, clock_timestamp(), clock_timestamp() from cluster where removed_at is null
    on conflict (queue, key) do update set
      wanted = job.wanted + 1,
      state = case when job.state = 'dead' then 'waiting' else job.state end,
      attempts = case when job.state = 'dead' then 0 else job.attempts end,
      run_at = case when job.state = 'running' then job.run_at else least(job.run_at, excluded.run_at) end`.execute(
    db,
  )
}
