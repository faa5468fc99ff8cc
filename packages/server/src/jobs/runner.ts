// Runner: takes jobs out of the database and does them; any number of replicas share the work, and a killed one's is taken up again.

import type { Kysely } from 'kysely'
import {
  askForScheduled,
  extendLease,
  failJob,
  finishJob,
  keepSchedule,
  returnJob,
  type TakenJob,
  takeJobs,
} from '../store/jobs.ts'
import type { Schema } from '../store/schema.ts'

export interface Queue {
  readonly name: string
  /** Does the work; throws where it could not be done. The signal tells that the job was lost, or that the runner stops. */
  readonly work: (job: TakenJob, signal: AbortSignal) => Promise<void>
  /** Jobs done at a time by this runner. */
  readonly atOnce: number
  /** Attempts before a job is given up; 8 where nothing is said. */
  readonly attempts?: number
}

export interface Schedule {
  readonly name: string
  readonly queue: string
  /** Milliseconds. */
  readonly every: number
}

/** What became of a job, for metrics and logs. */
export interface JobReport {
  readonly queue: string
  readonly key: string
  readonly attempt: number
  readonly outcome: 'done' | 'failed' | 'dead' | 'returned' | 'lost'
  /** Milliseconds. */
  readonly took: number
  readonly waited: number
  readonly error?: unknown
}

export interface RunnerOptions {
  readonly db: Kysely<Schema>
  readonly queues: readonly Queue[]
  readonly schedules?: readonly Schedule[]
  /** Milliseconds between looks where nobody wakes the runner. */
  readonly poll?: number
  /** Milliseconds for which a job belongs to a worker that is not heard of; it is heard of three times in that time. */
  readonly lease?: number
  /** Milliseconds before the second attempt; doubled for each further one, to a bound. */
  readonly backoff?: number
  readonly onReport?: (report: JobReport) => void
  /** Told of what goes wrong beside jobs, such as a database that is away: the runner goes on trying. */
  readonly onError?: (error: unknown) => void
}

export interface Runner {
  /** Something may be due: look now. */
  wake(): void
  /** Takes no more jobs; waits so many milliseconds for those under way, then tells them to stop and gives them back. */
  stop(grace?: number): Promise<void>
}

/** Milliseconds from a waking to the next look; three times as many to each further one, until it is the poll's. */
const firstLook = 5
const longestBackoff = 10 * 60_000
/** Milliseconds for which a runner that stops tries to give its jobs back, and between two tries. */
const lastPatience = 2000
const lastPause = 100

/** Starts at once. */
export function startRunner(options: RunnerOptions): Runner {
  const { db, queues, schedules = [], poll = 1000, lease = 30_000, backoff = 1000 } = options
  const { onReport = () => {}, onError = () => {} } = options
  const running = new Set<Promise<void>>()
  const busy = new Map(queues.map(({ name }) => [name, 0]))
  const halt = new AbortController()
  let isStopping = false
  let isScheduled = schedules.length === 0
  let wakeUp = () => {}
  let isAwake = false
  /** Looks that follow each other soon: what was asked for may be in a transaction that is about to commit. */
  let soon = 0

  const wake = () => {
    isAwake = true
    soon = 0
    wakeUp()
  }
  const sleep = () =>
    new Promise<void>(resolve => {
      if (isAwake || isStopping) return resolve()
      const timer = setTimeout(resolve, Math.min(poll, firstLook * 3 ** soon++))
      wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  async function look(): Promise<void> {
    if (!isScheduled) {
      for (const { name, queue, every } of schedules) await keepSchedule(db, name, queue, every)
      isScheduled = true
    }
    if (schedules.length > 0) await askForScheduled(db)
    for (const queue of queues) {
      const free = queue.atOnce - (busy.get(queue.name) ?? 0)
      if (free <= 0 || isStopping) continue
      for (const job of await takeJobs(db, queue.name, free, lease)) begin(queue, job)
    }
  }

  function begin(queue: Queue, job: TakenJob): void {
    busy.set(queue.name, (busy.get(queue.name) ?? 0) + 1)
    const done = run(queue, job)
      .catch(onError)
      .finally(() => {
        busy.set(queue.name, (busy.get(queue.name) ?? 1) - 1)
        running.delete(done)
        // There is room again, and the job may be due again.
        wake()
      })
    running.add(done)
  }

  /**
   * What ended the work may be that the database restarts: tells it the same until it answers, so that the job does not wait out the
   * lease of a worker that lives. After the lease another one takes the job up anyway.
   */
  async function insist(deed: () => Promise<void>): Promise<void> {
    const begun = performance.now()
    const patience = () => (isStopping ? Math.min(lease, lastPatience) : lease)
    while (true) {
      try {
        return await deed()
      } catch (error) {
        if (performance.now() - begun > patience()) throw error
        onError(error)
        await new Promise(resolve => setTimeout(resolve, isStopping ? Math.min(poll, lastPause) : poll))
      }
    }
  }

  async function run(queue: Queue, job: TakenJob): Promise<void> {
    const started = performance.now()
    const lost = new AbortController()
    const beat = setInterval(() => {
      extendLease(db, job, lease).then(isMine => isMine || lost.abort(new Error('the job was lost')), onError)
    }, lease / 3)
    const report = (outcome: JobReport['outcome'], error?: unknown) =>
      onReport({
        queue: job.queue,
        key: job.key,
        attempt: job.attempt,
        outcome,
        took: performance.now() - started,
        waited: job.waited,
        ...(error !== undefined && { error }),
      })
    try {
      // Whatever ended the workers before, it may be the job.
      if (job.attempt > (queue.attempts ?? 8)) throw new Error('its workers were lost, each time')
      await queue.work(job, AbortSignal.any([lost.signal, halt.signal]))
      await finishJob(db, job)
      report('done')
    } catch (error) {
      if (lost.signal.aborted) return report('lost', error)
      if (halt.signal.aborted) {
        await insist(() => returnJob(db, job))
        return report('returned', error)
      }
      const isLast = job.attempt >= (queue.attempts ?? 8)
      const delay = Math.min(backoff * 2 ** (job.attempt - 1), longestBackoff)
      await insist(() => failJob(db, job, textOf(error), isLast ? undefined : delay))
      report(isLast ? 'dead' : 'failed', error)
    } finally {
      clearInterval(beat)
    }
  }

  const isOver = () => isStopping
  const loop = (async () => {
    while (!isOver()) {
      isAwake = false
      try {
        await look()
      } catch (error) {
        onError(error)
      }
      await sleep()
    }
  })()

  return {
    wake,
    async stop(grace = 10_000) {
      isStopping = true
      wakeUp()
      await loop
      const timer = setTimeout(() => halt.abort(new Error('the server stops')), grace)
      await Promise.all(running)
      clearTimeout(timer)
    },
  }
}

/** What was thrown, for people who look at a job that failed. */
function textOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return text.slice(0, 4000)
}
