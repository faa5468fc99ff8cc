import { describe, expect, test } from 'vitest'
import type { Answer } from '../cluster/exchange.ts'
import { Lease } from './lease.ts'
import { makeLog } from './log.ts'

/** One Lease of an API server that refuses what is not based on what it holds; and a clock that waits move. */
class LeaseServer {
  object: Record<string, unknown> | undefined
  now = 1_000_000
  isDown = false
  writes = 0
  private version = 1

  async getSoon(): Promise<Answer<Record<string, unknown>>> {
    if (this.isDown)
      return { ok: false, failure: { type: 'unreachable', code: 'ECONNREFUSED', message: 'down' } }
    return this.object ? { ok: true, value: structuredClone(this.object) } : status(404)
  }

  async put(method: 'POST' | 'PUT', _path: string, object: object): Promise<Answer<Record<string, unknown>>> {
    if (this.isDown)
      return { ok: false, failure: { type: 'unreachable', code: 'ECONNREFUSED', message: 'down' } }
    const given = structuredClone(object) as { metadata: { resourceVersion?: string } }
    const held = this.object as { metadata?: { resourceVersion?: string } } | undefined
    if (method === 'POST' ? held : held?.metadata?.resourceVersion !== given.metadata.resourceVersion)
      return status(409)
    given.metadata.resourceVersion = String(this.version++)
    this.object = given
    this.writes++
    return { ok: true, value: structuredClone(this.object) }
  }

  replica(holder: string, offset = 0) {
    const problems: (string | undefined)[] = []
    const world = {
      // Clocks of replicas need not agree.
      now: () => new Date(this.now + offset),
      random: () => 0.5,
      sleep: async (milliseconds: number, signal?: AbortSignal) => {
        signal?.throwIfAborted()
        this.now += milliseconds
        await Promise.resolve()
      },
    }
    const log = makeLog('silent', world.now, () => {})
    const onProblem = (problem: string | undefined) => void problems.push(problem)
    const lease = new Lease({
      api: this,
      world,
      log,
      namespace: 'plimsoll',
      name: 'agent',
      holder,
      onProblem,
    })
    return { lease, problems }
  }
}
const status = (code: number): Answer<never> => ({
  ok: false,
  failure: { type: 'status', status: code, reason: '', message: '' },
})
const never = new AbortController().signal

describe('a lease', () => {
  test('is taken by the first, and by nobody else while it is renewed', async () => {
    const server = new LeaseServer()
    const [a, b] = [server.replica('a'), server.replica('b', -3_600_000)]
    await a.lease.acquire(never)
    const stop = new AbortController()
    const tried = b.lease.acquire(stop.signal).catch(() => 'stopped')
    const kept = a.lease.keep(stop.signal).catch(() => 'stopped')
    for (let i = 0; i < 200; i++) await Promise.resolve()
    expect([a.lease.isHeld, b.lease.isHeld]).toEqual([true, false])
    stop.abort()
    expect(await Promise.all([tried, kept])).toEqual(['stopped', 'stopped'])
  })

  test('of one who is gone is taken within its time, whatever the clocks say', async () => {
    const server = new LeaseServer()
    await server.replica('a', 7_200_000).lease.acquire(never)
    const before = server.now
    const { lease } = server.replica('b')
    await lease.acquire(never)
    expect(lease.isHeld).toBe(true)
    expect(server.now - before).toBeGreaterThanOrEqual(15_000)
    expect(server.now - before).toBeLessThanOrEqual(19_000)
    expect(server.object).toMatchObject({ spec: { holderIdentity: 'b', leaseTransitions: 1 } })
  })

  test('that is given up is taken at once', async () => {
    const server = new LeaseServer()
    const { lease } = server.replica('a')
    await lease.acquire(never)
    await lease.release()
    expect(lease.isHeld).toBe(false)
    const before = server.now
    await server.replica('b').lease.acquire(never)
    expect(server.now - before).toBeLessThan(2_000)
  })

  test('is lost before anybody else can hold it, where it cannot be renewed', async () => {
    const server = new LeaseServer()
    const { lease, problems } = server.replica('a')
    await lease.acquire(never)
    server.isDown = true
    const before = server.now
    await lease.keep(never)
    expect(server.now - before).toBeLessThan(15_000)
    expect(lease.isHeld).toBe(false)
    expect(problems.at(-1)).toContain('leases')
  })

  test('that somebody else took is lost at once', async () => {
    const server = new LeaseServer()
    const { lease } = server.replica('a')
    await lease.acquire(never)
    const held = server.object as { spec: Record<string, unknown> }
    held.spec = { ...held.spec, holderIdentity: 'b', renewTime: 'later' }
    const before = server.now
    await lease.keep(never)
    expect(server.now - before).toBeLessThan(4_000)
  })
})
