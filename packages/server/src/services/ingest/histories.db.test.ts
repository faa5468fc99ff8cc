// Histories: after any sequence of snapshots (full, deltas, replays, out of order, half-sent, two scopes) the store is what a naive model
// of it is, now and at every instant before.

import { canonicalJson } from '@plimsoll/core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findCluster } from '../../store/clusters.ts'
import {
  changedSince,
  currentResources,
  resourcesAt,
  type StoredResource,
} from '../../store/resource-versions.ts'
import { Fault } from '../fault.ts'
import {
  type Content,
  configMap,
  hashOf,
  headOf,
  ingestWorld,
  keyOf,
  linesOf,
  nodeFacts,
  sent,
  type World,
} from './testing/wire.ts'

let world: World
beforeAll(async () => {
  world = await ingestWorld()
})
afterAll(() => world.fresh.close())

interface Step {
  readonly kind: 'full' | 'delta' | 'replay' | 'late' | 'other' | 'cut' | 'hash-first' | 'half-sent'
  readonly scope: 'api' | 'node/n1'
  /** Index of a resource → its content, 0: gone. */
  readonly contents: Readonly<Record<number, number>>
  readonly clock: number
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(
    'full',
    'full',
    'delta',
    'delta',
    'delta',
    'replay',
    'late',
    'other',
    'cut',
    'hash-first',
    'half-sent',
  ),
  scope: fc.constantFrom('api', 'api', 'node/n1'),
  contents: fc.dictionary(fc.integer({ min: 0, max: 4 }).map(String), fc.integer({ min: 0, max: 3 }), {
    maxKeys: 5,
  }),
  clock: fc.constantFrom(0, 1, 1000, -500),
})

type State = ReadonlyMap<string, string>
const asText = (state: State) => [...state].sort(([a], [b]) => (a < b ? -1 : 1))

async function read(batches: AsyncIterable<readonly StoredResource[]>): Promise<[string, string][]> {
  const found = new Map<string, string>()
  for await (const batch of batches) for (const { key, json } of batch) found.set(key, json)
  return asText(found)
}

/** The resources of a step, of the kind that its scope may report. */
function contentsOf({ scope, contents }: Step): [string, Content | null][] {
  return Object.entries(contents).map(([name, value]) => {
    const data = { v: String(value) }
    const content = scope === 'api' ? configMap(`r${name}`, data) : nodeFacts(`r${name}`, data)
    return [scope === 'api' ? keyOf(`r${name}`) : `NodeFacts//r${name}`, value === 0 ? null : content]
  })
}

/** One cluster's truth, kept in the simplest way. */
class Model {
  readonly scopes = new Map<string, { sequence: number; lines: string[]; state: Map<string, string> }>()
  sequence = 100
  state(): State {
    return new Map([...this.scopes.values()].flatMap(one => [...one.state]))
  }
}

describe('histories of snapshots', () => {
  it('equal a naive model now and at every past instant', async () => {
    let number = 0
    let accepted = 0
    const refused = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async steps => {
        const uid = `history-${String(number++).padStart(8, '0')}`
        const collector = await world.enrol(uid)
        const model = new Model()
        const past: { instant: string; revision: number; state: [string, string][] }[] = []
        const { db } = world.fresh
        for (const one of steps) {
          world.pass(one.clock)
          const answer = await play(one, model, uid, collector)
          if (answer !== 'accepted') refused.set(answer, (refused.get(answer) ?? 0) + 1)
          else accepted++
          const now = asText(model.state())
          expect(await read(currentResources(db, uid))).toEqual(now)
          const row = await instantOf(uid)
          if (row && row.revision !== past.at(-1)?.revision) past.push({ ...row, state: now })
        }
        for (const [index, { instant, revision, state }] of past.entries()) {
          if (index > 0) expect(instant > (past[index - 1]?.instant ?? '')).toBe(true)
          expect(await read(resourcesAt(db, uid, instant))).toEqual(state)
          const then = new Map(state)
          const now = new Map(past.at(-1)?.state)
          const changed = new Map((await changedSince(db, uid, revision)).map(({ key, hash }) => [key, hash]))
          // What came and went in between is told too; nothing that differs is left out.
          for (const key of new Set([...then.keys(), ...now.keys()]))
            if (then.get(key) !== now.get(key)) expect(changed.has(key)).toBe(true)
          for (const [key, hash] of changed)
            expect(hash).toBe(now.has(key) ? hashOf(JSON.parse(now.get(key) ?? '')) : null)
        }
        const scopes = await db
          .selectFrom('collector_scope')
          .selectAll()
          .where('cluster_id', '=', uid)
          .execute()
        for (const { scope, resources } of scopes) expect(resources).toBe(model.scopes.get(scope)?.state.size)
      }),
      { seed: 20_260_203, numRuns: 320 },
    )
    // The histories were worth it: every way of being refused was met, and most were accepted.
    expect(accepted).toBeGreaterThan(400)
    expect([...refused.keys()].sort()).toEqual([
      'base-mismatch',
      'incomplete-upload',
      'sequence-conflict',
      'stale-sequence',
      'wanted',
    ])
  })
})

async function instantOf(uid: string): Promise<{ instant: string; revision: number } | undefined> {
  if (!(await findCluster(world.fresh.db, uid))) return undefined
  const { rows } = await world.fresh.pool.query<{ instant: string; revision: string }>(
    `select to_char(revised_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as instant, revision from cluster where cluster_id = $1`,
    [uid],
  )
  const [row] = rows
  return row && { instant: row.instant, revision: Number(row.revision) }
}

/** Sends what a step says and brings the model up to date; gives the answer's state or the fault's code. */
async function play(
  one: Step,
  model: Model,
  uid: string,
  collector: Awaited<ReturnType<World['enrol']>>,
): Promise<string> {
  const { ingest } = world
  const { scope, kind } = one
  const known = model.scopes.get(scope)
  const contents = contentsOf(one)
  const isDelta = kind === 'delta'
  const sequence = ++model.sequence
  const present = contents.flatMap(([key, content]) =>
    content === null ? [] : [[key, content] as [string, Content]],
  )
  const head = (more: { sequence: number; base?: number }) => headOf({ scope, uid, gaps: [], ...more })
  const send = async (lines: readonly string[]) => {
    try {
      return await ingest.receive(await collector(), sent(lines))
    } catch (error) {
      if (error instanceof Fault) return { state: error.code as string, upload: '' }
      throw error
    }
  }
  const keep = (lines: string[], state: Map<string, string>, of = sequence) =>
    model.scopes.set(scope, { sequence: of, lines, state })
  const full = new Map(present.map(([key, content]) => [key, canonicalJson(content)]))

  switch (kind) {
    case 'full': {
      const lines = linesOf(head({ sequence }), new Map(present))
      const { state } = await send(lines)
      expect(state).toBe('accepted')
      keep(lines, full)
      return state
    }
    case 'delta': {
      const base = known?.sequence ?? 7
      const lines = linesOf(head({ sequence, base }), new Map(contents))
      const { state } = await send(lines)
      expect(state).toBe(known ? 'accepted' : 'base-mismatch')
      if (!known) return state
      const next = new Map(known.state)
      for (const [key, content] of contents)
        if (content === null) next.delete(key)
        else next.set(key, canonicalJson(content))
      keep(lines, next)
      return state
    }
    case 'hash-first':
    case 'half-sent': {
      const lines = linesOf(head({ sequence }), new Map(present), () => true)
      const answer = await send(lines)
      if (answer.state !== 'wanted') {
        expect(answer.state).toBe('accepted')
        keep(lines, full)
        return answer.state
      }
      const bodies = new Map(present.map(([, content]) => [hashOf(content), canonicalJson(content)]))
      const { wanted } = await ingest.wanted(await collector(), answer.upload)
      const some = kind === 'half-sent' ? wanted.slice(1) : wanted
      await ingest.receiveObjects(
        await collector(),
        answer.upload,
        sent(some.map(hash => bodies.get(hash) ?? '')),
      )
      const { state } = await ingest.commit(await collector(), answer.upload)
      expect(state).toBe(kind === 'half-sent' ? 'wanted' : 'accepted')
      if (state === 'accepted') keep(lines, full)
      return state
    }
    case 'replay': {
      if (!known) return await play({ ...one, kind: 'full' }, model, uid, collector)
      const answer = await send(known.lines)
      expect(answer).toMatchObject({ state: 'accepted', repeated: true })
      return 'accepted'
    }
    case 'late':
    case 'other': {
      if (!known) return await play({ ...one, kind: 'full' }, model, uid, collector)
      const lines = linesOf(
        head({ sequence: kind === 'late' ? known.sequence - 50 : known.sequence }),
        new Map([
          ...present,
          [
            scope === 'api' ? keyOf('odd') : 'NodeFacts//odd',
            scope === 'api' ? configMap('odd') : nodeFacts('odd'),
          ],
        ]),
      )
      const { state } = await send(lines)
      expect(state).toBe(kind === 'late' ? 'stale-sequence' : 'sequence-conflict')
      return state
    }
    case 'cut': {
      const lines = linesOf(head({ sequence }), new Map(isDelta ? contents : present))
      const { state } = await send(lines.slice(0, -1))
      expect(state).toBe('incomplete-upload')
      return state
    }
  }
}
