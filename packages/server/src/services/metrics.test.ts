// Metrics: what is asked for at the moment of a scrape is that moment's, and is asked for once.

import { expect, test } from 'vitest'
import { createMetrics } from './metrics.ts'

test('jobs are counted once a scrape, and those that are gone are gone', async () => {
  let asked = 0
  const { registry } = createMetrics({
    countJobs: async () => {
      asked++
      if (asked === 3) throw new Error('away')
      return [{ queue: asked === 1 ? 'assess' : 'sweep', state: 'waiting', count: asked, oldest: 2.5 }]
    },
  })
  const jobs = async () =>
    (await registry.metrics())
      .split('\n')
      .filter(line => /^plimsoll_job_?\w*\{/.test(line) || line.startsWith('plimsoll_jobs{'))
  expect(await jobs()).toEqual([
    'plimsoll_jobs{kind="assess",state="waiting"} 1',
    'plimsoll_job_oldest_seconds{kind="assess",state="waiting"} 2.5',
  ])
  expect(await jobs()).toEqual([
    'plimsoll_jobs{kind="sweep",state="waiting"} 2',
    'plimsoll_job_oldest_seconds{kind="sweep",state="waiting"} 2.5',
  ])
  expect(await jobs()).toEqual([])
  expect(asked).toBe(3)
})

test('connections of the pool are told by state', async () => {
  const { registry } = createMetrics({ pool: { totalCount: 5, idleCount: 2, waitingCount: 1 } })
  const text = await registry.metrics()
  for (const [state, number] of [
    ['busy', 3],
    ['idle', 2],
    ['waiting', 1],
  ])
    expect(text).toContain(`plimsoll_database_connections{state="${state}"} ${number}`)
})
