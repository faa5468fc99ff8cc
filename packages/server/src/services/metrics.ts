// Metrics: what is counted for Prometheus; one registry per server, handed to whoever counts.

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  readonly registry: Registry
  readonly requests: Histogram<'method' | 'route' | 'status'>
  /** Snapshots that came, by what became of them (accepted, unchanged, refused …). */
  readonly snapshots: Counter<'outcome'>
  readonly ingestedBytes: Counter
  readonly ingestedResources: Counter
  readonly ingestSeconds: Histogram<'step'>
  readonly jobs: Histogram<'kind' | 'outcome'>
}

/** The pool's numbers at the instant of asking. */
export interface PoolCounts {
  readonly totalCount: number
  readonly idleCount: number
  readonly waitingCount: number
}

/** Jobs of one queue in one state, and how many seconds the one that is due longest has waited. */
export interface JobCount {
  readonly queue: string
  readonly state: string
  readonly count: number
  readonly oldest: number
}

export interface MetricSources {
  readonly pool?: PoolCounts
  readonly countJobs?: () => Promise<readonly JobCount[]>
}

export function createMetrics({ pool, countJobs }: MetricSources = {}): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  if (pool) registry.registerMetric(connectionGauge(pool))
  if (countJobs) addJobGauges(registry, countJobs)
  return {
    registry,
    requests: new Histogram({
      name: 'plimsoll_http_request_seconds',
      help: 'Time from a request to the end of its answer.',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
      registers,
    }),
    snapshots: new Counter({
      name: 'plimsoll_snapshots_total',
      help: 'Snapshots by what became of them.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    ingestedBytes: new Counter({
      name: 'plimsoll_ingested_bytes_total',
      help: 'Bytes of objects that collectors sent, uncompressed.',
      registers,
    }),
    ingestedResources: new Counter({
      name: 'plimsoll_ingested_resources_total',
      help: 'Resources added, changed or removed by snapshots.',
      registers,
    }),
    ingestSeconds: new Histogram({
      name: 'plimsoll_ingest_seconds',
      help: 'Time of the steps of ingest.',
      labelNames: ['step'] as const,
      buckets: [0.01, 0.05, 0.25, 1, 5, 15, 60, 300],
      registers,
    }),
    jobs: new Histogram({
      name: 'plimsoll_job_seconds',
      help: 'Time of jobs by kind and outcome.',
      labelNames: ['kind', 'outcome'] as const,
      buckets: [0.01, 0.05, 0.25, 1, 5, 15, 60, 300],
      registers,
    }),
  }
}

const connectionGauge = (pool: PoolCounts) =>
  new Gauge({
    name: 'plimsoll_database_connections',
    help: 'Connections of the pool by state; waiting: requests for one.',
    labelNames: ['state'] as const,
    registers: [],
    collect() {
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'waiting' }, pool.waitingCount)
    },
  })

/** Jobs are counted when they are asked for, once for both gauges; where the database is away they are left out. */
function addJobGauges(registry: Registry, countJobs: () => Promise<readonly JobCount[]>): void {
  let counting: Promise<readonly JobCount[]> | undefined
  const counted = () => {
    counting ??= countJobs()
      .catch(() => [])
      .finally(() => {
        counting = undefined
      })
    return counting
  }
  const gauge = (name: string, help: string, read: (count: JobCount) => number) =>
    registry.registerMetric(
      new Gauge({
        name,
        help,
        labelNames: ['kind', 'state'] as const,
        registers: [],
        async collect() {
          const counts = await counted()
          this.reset()
          for (const one of counts) this.set({ kind: one.queue, state: one.state }, read(one))
        },
      }),
    )
  gauge('plimsoll_jobs', 'Jobs by kind and state (waiting, running, dead).', one => one.count)
  gauge(
    'plimsoll_job_oldest_seconds',
    'How long the job that is due longest has waited, by kind and state.',
    one => one.oldest,
  )
}
