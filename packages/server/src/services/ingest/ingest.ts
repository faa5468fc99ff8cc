// Ingest: the deeds behind the door for collectors: take snapshots, say what is lacking, take objects, commit.

import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import {
  type IngestAnswer,
  type IngestHead,
  type IngestReceived,
  type IngestState,
  type IngestWantedPage,
  ingestHead,
  ingestVersion,
} from '@plimsoll/core/contract'
import { findCluster, findScope, scopesOf } from '../../store/clusters.ts'
import { type Body, hasBodies, packBodies, storeBodies, storePacked } from '../../store/objects.ts'
import { findSnapshot, noteGrowth } from '../../store/snapshots.ts'
import {
  addItems,
  deleteUpload,
  expectLoss,
  findUpload,
  namedByList,
  namedByUpload,
  nameUpload,
  notNamed,
  openUpload,
  touchUpload,
  type UploadRow,
  uploadsOf,
  wantedOf,
} from '../../store/uploads.ts'
import { bindCollector } from '../access/enrolments.ts'
import type { Collector } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { Fault } from '../fault.ts'
import type { Metrics } from '../metrics.ts'
import {
  checkBase,
  commitSnapshot,
  Lacking,
  type OnAccepted,
  staleSequence,
  type WholeSnapshot,
} from './commit.ts'
import { decodeBody, encodingOf, encodingsHere } from './decode-body.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { readLines } from './read-lines.ts'
import { parseLine, readObject } from './read-object.ts'
import { namedTwice, type Received, SnapshotReceiver, type Staging } from './receive.ts'
import { Turnstile } from './turnstile.ts'

export interface IngestOptions {
  readonly deps: Deps
  readonly onAccepted: OnAccepted
  readonly limits?: Partial<Limits>
  readonly metrics?: Pick<Metrics, 'snapshots' | 'ingestedBytes' | 'ingestedResources' | 'ingestSeconds'>
}

/** A body as it comes, with the headers that say how it is written. */
export interface Sent {
  readonly body: Readable
  readonly encoding: string | readonly string[] | undefined
  readonly length: string | readonly string[] | undefined
}

const wantedPage = 20_000
/** So many new resources at once change how statements are best run. */
const growth = 2000

export class Ingest {
  private readonly deps: Deps
  private readonly onAccepted: OnAccepted
  private readonly metrics: IngestOptions['metrics']
  private readonly turnstile: Turnstile
  readonly limits: Limits

  constructor({ deps, onAccepted, limits, metrics }: IngestOptions) {
    this.deps = deps
    this.onAccepted = onAccepted
    this.metrics = metrics
    this.limits = { ...defaultLimits, ...limits }
    this.turnstile = new Turnstile(this.limits.requestsAtOnce, this.limits.requestsPerCollector)
  }

  /** What a collector should know before it sends. */
  async state(collector: Collector): Promise<IngestState> {
    const { clusterId, enrolmentId } = collector
    const { objectBytes, uploadBytes, uploadItems, uploadsAtOnce, uploadHours, ratio } = this.limits
    const scopes = clusterId === undefined ? [] : await scopesOf(this.deps.db, clusterId)
    const uploads = clusterId === undefined ? [] : await uploadsOf(this.deps.db, clusterId, enrolmentId)
    const asked =
      clusterId === undefined ? undefined : (await findCluster(this.deps.db, clusterId))?.scan_asked_at
    const isHeard = asked != null && scopes.some(one => one.scope === 'api' && one.received_at > asked)
    return {
      version: ingestVersion,
      encodings: [...encodingsHere],
      limits: { objectBytes, uploadBytes, uploadItems, uploadsAtOnce, uploadHours, ratio },
      ...(clusterId !== undefined && { cluster: clusterId }),
      ...(asked && !isHeard && { scanAskedAt: asked.toISOString() }),
      scopes: scopes.map(one => ({
        scope: one.scope,
        sequence: Number(one.sequence),
        digest: one.digest.toString('hex'),
        resources: one.resources,
      })),
      uploads: uploads.filter(isNamed).map(one => ({
        upload: one.upload_id,
        scope: one.scope,
        sequence: Number(one.sequence),
        digest: one.digest.toString('hex'),
        items: one.items,
        startedAt: one.started_at.toISOString(),
        touchedAt: one.touched_at.toISOString(),
      })),
    }
  }

  /** Takes a snapshot: accepted where all it names is there, else kept as an upload that says how much is wanted. */
  async receive(collector: Collector, sent: Sent): Promise<IngestAnswer> {
    return await this.counted(collector, async () => {
      const receiver = new SnapshotReceiver(collector.name, this.stagingOf(collector), this.limits, head =>
        this.checkHead(collector, head),
      )
      try {
        for await (const lines of this.linesOf(sent)) await receiver.take(lines)
        const received = await receiver.end()
        this.metrics?.ingestedBytes.inc(received.bytes)
        return received.upload === undefined
          ? await this.takeHeld(collector, received)
          : await this.takeStaged(collector, received, received.upload)
      } catch (error) {
        await receiver.settled()
        if (receiver.upload !== undefined && receiver.cluster !== undefined)
          await deleteUpload(this.deps.db, receiver.cluster, receiver.upload)
        throw error
      }
    })
  }

  /** A page of the hashes that an upload still lacks. Throws `not-found`. */
  async wanted(collector: Collector, id: string, after = '', most = wantedPage): Promise<IngestWantedPage> {
    const upload = await this.uploadOf(collector, id)
    const page = Math.min(most, wantedPage)
    const { hashes, last } = await wantedOf(this.deps.db, upload.cluster_id, id, after, page)
    return { wanted: hashes, ...(last !== undefined && { next: last }) }
  }

  /** Takes objects that an upload names. What came before a failure stays. Throws `hash-mismatch`, `too-large` and what objects are refused for. */
  async receiveObjects(collector: Collector, id: string, sent: Sent): Promise<IngestReceived> {
    return await this.turnstile.pass(collector.enrolmentId, async () => {
      const upload = await this.uploadOf(collector, id)
      const clusterId = upload.cluster_id
      let bytes = Number(upload.bytes)
      let received = 0
      let bodies: Body[] = []
      let held = 0
      const flush = async () => {
        const own = bodies
        bodies = []
        this.metrics?.ingestedBytes.inc(held)
        const strange = await notNamed(
          this.deps.db,
          clusterId,
          id,
          own.map(({ key, hash }) => [key, hash]),
        )
        if (strange.length > 0)
          throw new Fault('hash-mismatch', `the upload does not name what was sent: ${strange.join(', ')}`)
        await storeBodies(this.deps.db, clusterId, own, this.deps.now())
        await touchUpload(this.deps.db, clusterId, id, held, this.deps.now())
        held = 0
      }
      for await (const lines of this.linesOf(sent))
        for (const line of lines) {
          const { text, value } = parseLine(line)
          bodies.push(readObject(line, text, value, collector.name))
          held += line.length
          bytes += line.length
          received++
          if (bytes > this.limits.uploadBytes)
            throw new Fault('too-large', `the upload has more than ${this.limits.uploadBytes} bytes`)
          if (held >= 4 * 1024 * 1024 || bodies.length >= 2000) await flush()
        }
      if (bodies.length > 0) await flush()
      return { received, bytes }
    })
  }

  /** Accepts an upload, or says how much of it is wanted still. Throws as `commitSnapshot` does. */
  async commit(collector: Collector, id: string): Promise<IngestAnswer> {
    return await this.counted(collector, async () => {
      const upload = await this.uploadOf(collector, id)
      return await this.takeUpload(collector, {
        head: ingestHead.parse(upload.head),
        digest: upload.digest.toString('hex'),
        items: upload.items,
        id,
      })
    })
  }

  /** Gives an upload up. Throws `not-found`. */
  async cancel(collector: Collector, id: string): Promise<void> {
    const upload = await this.uploadOf(collector, id)
    await deleteUpload(this.deps.db, upload.cluster_id, id)
  }

  private async *linesOf({ body, encoding, length }: Sent): AsyncGenerator<readonly Buffer[]> {
    const declared = Number(length ?? 0)
    if (declared > this.limits.uploadBytes)
      throw new Fault(
        'too-large',
        `${declared} bytes are declared, and ${this.limits.uploadBytes} are the limit`,
      )
    // Some room for keys and hashes around an object.
    yield* readLines(decodeBody(body, encodingOf(encoding), this.limits), this.limits.objectBytes + 4096)
  }

  private async checkHead(collector: Collector, head: IngestHead): Promise<void> {
    const { uid } = head.cluster
    if (collector.clusterId !== undefined && collector.clusterId !== uid)
      throw new Fault(
        'forbidden',
        `collector ${collector.name} is enrolled for cluster ${collector.clusterId}, not for ${uid}; enrol this cluster by itself`,
      )
    const before = await findScope(this.deps.db, uid, head.scope)
    // The commit decides; here a long upload that cannot be accepted is spared.
    const newest = before && Number(before.sequence)
    if (newest === undefined || head.sequence > newest) checkBase(head.base, newest)
    else if (!(await findSnapshot(this.deps.db, uid, head.scope, head.sequence)))
      throw staleSequence(head.scope, head.sequence, newest)
  }

  private stagingOf(collector: Collector): Staging {
    const { db, now } = this.deps
    let clusterId = ''
    let areNew = false
    return {
      open: async (head, id) => {
        clusterId = head.cluster.uid
        await bindCollector(db, collector, clusterId, now())
        const known = await uploadsOf(db, clusterId, collector.enrolmentId)
        // An attempt at this scope that never came to its end: its sender, or the server that read it, is gone.
        const broken = known.filter(one => one.scope === head.scope && !isNamed(one))
        for (const one of broken) await deleteUpload(db, clusterId, one.upload_id)
        const open = known.filter(one => !broken.includes(one))
        if (open.length >= this.limits.uploadsAtOnce)
          throw new Fault('too-many-requests', `${open.length} uploads of this collector are open`, {
            retryAfter: 60,
          })
        const { enrolmentId } = collector
        const { scope, sequence, base } = head
        areNew = !(await hasBodies(db, clusterId))
        await openUpload(db, { id, clusterId, enrolmentId, scope, sequence, base, head }, now())
      },
      add: async (id, items, bodies) => {
        const packed = await packBodies(db, clusterId, bodies, now(), areNew)
        await db.transaction().execute(async trx => {
          // Nothing of it is acknowledged before the upload is named, which is on the disk then with all that came before.
          await expectLoss(trx)
          if (!(await addItems(trx, clusterId, id, items))) throw namedTwice('a resource')
          await storePacked(trx, clusterId, packed, now())
          if (!(await touchUpload(trx, clusterId, id, 0, now())))
            throw new Fault('conflict', 'a later upload of this scope took the place of this one')
        })
      },
    }
  }

  private async takeHeld(collector: Collector, received: Received): Promise<IngestAnswer> {
    const { head, digest, items, held } = received
    const clusterId = head.cluster.uid
    try {
      return await this.accept(
        collector,
        { head, digest, items, named: namedByList(held.items) },
        { clusterId, bodies: held.bodies },
      )
    } catch (error) {
      if (!(error instanceof Lacking)) throw error
      // A few resources named by hashes that are not here: an upload like the large ones.
      const staging = this.stagingOf(collector)
      const id = randomUUID()
      await staging.open(head, id)
      await staging.add(id, held.items, held.bodies)
      return await this.takeStaged(collector, received, id)
    }
  }

  private async takeStaged(collector: Collector, received: Received, id: string): Promise<IngestAnswer> {
    const { head, digest, items, bytes } = received
    const clusterId = head.cluster.uid
    await nameUpload(this.deps.db, clusterId, id, { digest, items, bytes })
    // An earlier attempt at this scope is over.
    for (const other of await uploadsOf(this.deps.db, clusterId, collector.enrolmentId))
      if (other.upload_id !== id && other.scope === head.scope && isNamed(other))
        await deleteUpload(this.deps.db, clusterId, other.upload_id)
    return await this.takeUpload(collector, { head, digest, items, id })
  }

  private async takeUpload(
    collector: Collector,
    upload: Omit<WholeSnapshot, 'named'> & { readonly id: string },
  ): Promise<IngestAnswer> {
    const { head, digest, items, id } = upload
    const clusterId = head.cluster.uid
    const named = namedByUpload(clusterId, id)
    try {
      return await this.accept(collector, { head, digest, items, named }, { clusterId, upload: id })
    } catch (error) {
      if (error instanceof Lacking) return { state: 'wanted', upload: id, wanted: error.count }
      throw error
    }
  }

  /** Commits, with the bodies that came along, or the upload that is then over. */
  private async accept(
    collector: Collector,
    snapshot: WholeSnapshot,
    along: { readonly clusterId: string; readonly bodies?: readonly Body[]; readonly upload?: string },
  ): Promise<IngestAnswer> {
    const { db, now } = this.deps
    const done = this.metrics?.ingestSeconds.startTimer({ step: 'commit' })
    const accepted = await db.transaction().execute(async trx => {
      if (along.bodies) await storeBodies(trx, along.clusterId, along.bodies, now())
      const answer = await commitSnapshot(trx, collector, snapshot, now(), this.onAccepted)
      if (along.upload !== undefined) {
        const named = await deleteUpload(trx, along.clusterId, along.upload)
        // Another attempt may have deleted it under our hands, and what it named would have been read in part.
        if (!answer.repeated && named !== snapshot.items) throw noUpload()
      }
      return answer
    })
    if (!accepted.repeated && accepted.added > growth) await noteGrowth(db)
    done?.()
    if (!accepted.repeated)
      this.metrics?.ingestedResources.inc(accepted.added + accepted.changed + accepted.removed)
    return accepted
  }

  private async uploadOf({ clusterId, enrolmentId }: Collector, id: string): Promise<UploadRow> {
    const upload =
      clusterId === undefined ? undefined : await findUpload(this.deps.db, clusterId, id, enrolmentId)
    if (upload === undefined || !isNamed(upload)) throw noUpload()
    return upload
  }

  /** Lets a request through and counts what became of it. */
  private async counted(collector: Collector, deed: () => Promise<IngestAnswer>): Promise<IngestAnswer> {
    const { metrics } = this
    const done = metrics?.ingestSeconds.startTimer({ step: 'request' })
    try {
      const answer = await this.turnstile.pass(collector.enrolmentId, deed)
      metrics?.snapshots.inc({
        outcome: answer.state === 'accepted' && answer.repeated ? 'repeated' : answer.state,
      })
      return answer
    } catch (error) {
      metrics?.snapshots.inc({ outcome: error instanceof Fault ? error.code : 'internal' })
      throw error
    } finally {
      done?.()
    }
  }
}

const noUpload = () =>
  new Fault('not-found', 'there is no such upload; it was accepted, given up, overtaken or abandoned')

/** An upload of which all names have come. */
const isNamed = ({ digest }: UploadRow): boolean => digest.length > 0
