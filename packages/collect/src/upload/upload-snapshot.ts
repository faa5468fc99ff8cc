// Upload snapshot: sends a snapshot of a live cluster to a server: all of it at first, later only what the server lacks.

import {
  type Attempt,
  refuse,
  type Snapshot,
  type SnapshotItem,
  snapshotLines,
  succeed,
} from '@plimsoll/core'
import type { IngestAccepted, IngestAnswer, IngestState, IngestWantedPage } from '@plimsoll/core/contract'
import type { Environment, World } from '../collector.ts'
import { type PreparedSnapshot, prepareSnapshot, sha256 } from './prepare-snapshot.ts'
import { retrying } from './retry.ts'
import { type ServerAddress, ServerClient, ServerFailure } from './server-client.ts'

export interface UploadRequest {
  readonly snapshot: Snapshot
  readonly server: ServerAddress
  readonly environment: Environment
  readonly world: World
  /** Told how many objects of how many were handed over. */
  readonly progress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

export type UploadSnapshot = (request: UploadRequest) => Promise<Attempt<IngestAccepted>>

const attempts = 6
/** Each round sends all that is wanted; more than one are needed only where the server forgets in between. */
const rounds = 5

/**
 * Sends a snapshot until the server has accepted all of it. Refuses with `usage` for snapshots that are not of a cluster,
 * `server-unreachable`, and `server-refused`, which says why.
 */
export const uploadSnapshot: UploadSnapshot = async request => {
  const { snapshot, server, environment } = request
  if (snapshot.scope.type !== 'cluster')
    return refuse({
      code: 'usage',
      message: `only a snapshot of a live cluster can be sent to a server; this one is of ${snapshot.scope.type}`,
    })
  const opened = ServerClient.open(server, environment)
  if (!opened.ok) return opened
  try {
    return succeed(await new Upload(request, opened.value).run())
  } catch (error) {
    if (!(error instanceof ServerFailure)) throw error
    return error.status === 0
      ? refuse({ code: 'server-unreachable', message: error.message })
      : refuse({
          code: 'server-refused',
          message: `the server did not take the snapshot (${error.code || error.status}): ${error.message}`,
        })
  } finally {
    opened.value.close()
  }
}

class Upload {
  private readonly request: UploadRequest
  private readonly client: ServerClient
  constructor(request: UploadRequest, client: ServerClient) {
    this.request = request
    this.client = client
  }

  async run(): Promise<IngestAccepted> {
    const state = (await this.get('/ingest')) as IngestState
    const prepared = prepareSnapshot(this.request.snapshot, 'scan', state.limits.objectBytes)
    const isKnown = state.scopes.some(({ scope }) => scope === prepared.head.scope)
    let answer = await this.post('/ingest/snapshots', attempt =>
      // After a failure some of it may be there already.
      this.linesOf(prepared, !isKnown && attempt === 1),
    )
    for (let round = 1; answer.state === 'wanted'; round++) {
      if (round > rounds)
        throw new ServerFailure(`after ${rounds} rounds it still lacks objects`, {
          status: 200,
          mayPass: false,
        })
      await this.sendWanted(answer.upload, answer.wanted, prepared)
      answer = await this.post(`/ingest/uploads/${answer.upload}/commit`)
    }
    return answer
  }

  private async sendWanted(upload: string, total: number, { objects }: PreparedSnapshot): Promise<void> {
    const byHash = new Map(Array.from(objects.values(), one => [one.hash, one]))
    const path = `/ingest/uploads/${upload}`
    let done = 0
    let after: string | undefined
    do {
      const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`
      const page = (await this.get(`${path}/wanted${query}`)) as IngestWantedPage
      const lines = function* () {
        for (const hash of page.wanted) {
          const object = byHash.get(hash)
          if (object) yield `${object.text()}\n`
        }
      }
      if (page.wanted.length > 0) await this.post(`${path}/objects`, lines)
      done += page.wanted.length
      this.request.progress?.(done, total)
      after = page.next
    } while (after !== undefined)
  }

  private *linesOf({ head, objects }: PreparedSnapshot, isWhole: boolean): Generator<string> {
    const { progress } = this.request
    function* items(): Generator<SnapshotItem> {
      let done = 0
      for (const [key, { hash, text }] of objects) {
        yield isWhole ? { key, hash, text: text() } : { key, hash }
        if (isWhole && ++done % 1000 === 0) progress?.(done, objects.size)
      }
    }
    yield* snapshotLines(head, items(), sha256)
  }

  private async get(path: string): Promise<unknown> {
    return await this.retried(() => this.client.call({ method: 'GET', path }, this.request.signal))
  }

  private async post(path: string, lines?: (attempt: number) => Iterable<string>): Promise<IngestAnswer> {
    const answer = await this.retried(attempt =>
      this.client.call(
        { method: 'POST', path, ...(lines && { lines: lines(attempt) }) },
        this.request.signal,
      ),
    )
    return answer as IngestAnswer
  }

  private async retried<T>(deed: (attempt: number) => Promise<T>): Promise<T> {
    return await retrying(this.request.world, attempts, deed, this.request.signal)
  }
}
