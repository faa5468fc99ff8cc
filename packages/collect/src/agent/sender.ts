// Sender: tells the server what changed, a moment after it did, and everything at the start, after a break, and by schedule.

import type { Gap, SnapshotItem } from '@plimsoll/core'
import { canonicalJson, snapshotLines } from '@plimsoll/core'
import type { IngestAnswer, IngestHead, IngestState, IngestWantedPage } from '@plimsoll/core/contract'
import type { World } from '../collector.ts'
import { bounded, sha256 } from '../upload/prepare-snapshot.ts'
import { ServerFailure } from '../upload/server-client.ts'
import { Bell } from './bell.ts'
import type { Log } from './log.ts'
import type { Batch, Outbox } from './outbox.ts'
import { hexOf } from './ready-object.ts'
import { type ServerLink, TokenRefused } from './server-link.ts'

/** The parts of a head that do not come from the sender. */
export type Subject = Pick<IngestHead, 'cluster' | 'collector' | 'facts'>

export interface SenderOptions {
  readonly link: Pick<ServerLink, 'call'>
  readonly outbox: Outbox
  readonly world: World
  readonly log: Log
  /** Undefined while the cluster is not known yet. */
  readonly subject: () => Subject | undefined
  readonly gaps: () => readonly Gap[]
  /** Whether all kinds were looked at once; before, nothing is sent: what is not known yet must not look like what is gone. */
  readonly isWhole: () => boolean
  /** Whether this replica may speak for the cluster at this moment. */
  readonly mayLead: () => boolean
  /** Reads the objects of a kind that have one of these hashes (see ReadyObject) from the cluster once more. */
  readonly readAgain: (kind: string, hashes: ReadonlySet<string>) => AsyncIterable<string>
  /** Told how the sending stands: undefined after a success, else what is wrong. */
  readonly onOutcome: (problem: string | undefined) => void
}

/** Milliseconds that changes are gathered for: a moment after quiet, longer while much happens. */
const shortGather = 150
const longGather = 800
const firstWait = 500
const longestWait = 60_000
const longestObeyed = 600_000
/** Rounds of sending what is wanted; more than one are needed only where the server forgets in between. */
const rounds = 5
/** So many refusals in a row are no matter of single objects; further ones are waited for as for any failure. */
const mostPassedOver = 100
/** Characters of objects in one request. */
const requestChars = 8 * 1024 * 1024

export class Sender {
  /** What the server says an object may have at most. */
  objectBytes = 8 * 1024 * 1024
  readonly sent = { whole: 0, deltas: 0, resources: 0, failures: 0 }
  /** When the server last took something; undefined before. */
  acceptedAt: Date | undefined
  private readonly options: SenderOptions
  private readonly bell = new Bell()
  private mustSendWhole = true
  private sequence = 0
  private toldGaps = ''
  private toldSubject = ''

  constructor(options: SenderOptions) {
    this.options = options
  }

  /** Something changed. */
  wake(): void {
    this.bell.ring()
  }

  /** Names everything, the next time. */
  sendWhole(): void {
    this.mustSendWhole = true
    this.bell.ring()
  }

  /** Sends until the signal aborts. Rejects with its reason, or with TokenRefused. */
  async run(signal: AbortSignal): Promise<void> {
    const { world, outbox, log, onOutcome } = this.options
    let failures = 0
    let batch: Batch | undefined
    for (;;) {
      try {
        if (this.sequence === 0) await this.readState(signal)
        if (!this.hasNews()) {
          await this.bell.wait(signal)
          // Whatever else happens in the next moment goes along.
          const since = world.now().getTime() - (this.acceptedAt?.getTime() ?? 0)
          await world.sleep(Math.max(shortGather, longGather - Math.max(0, since)), signal)
          continue
        }
        batch = this.take()
        if (batch) await this.send(batch, signal)
        batch = undefined
        if (failures > 0) log.info('the server is reached again', { failures })
        failures = 0
        onOutcome(undefined)
      } catch (error) {
        if (batch) outbox.giveBack(batch)
        if (batch?.isWhole) this.mustSendWhole = true
        batch = undefined
        signal.throwIfAborted()
        if (error instanceof TokenRefused) throw error
        if (!(error instanceof ServerFailure)) throw error
        this.sent.failures++
        this.afterFailure(error)
        if (this.passOver(error)) continue
        // Other orders are not failures: a whole snapshot mends them.
        if (isOutOfOrder(error) && failures === 0) {
          log.info('the server asks for everything anew', { reason: error.message })
          failures++
          continue
        }
        if (failures++ === 0) log.warn('the server does not take what is sent', { reason: error.message })
        onOutcome(error.message)
        await world.sleep(this.waitAfter(error, failures), signal)
      }
    }
  }

  private hasNews(): boolean {
    const { isWhole, subject, outbox, gaps } = this.options
    const about = subject()
    if (about === undefined || !isWhole()) return false
    return (
      this.mustSendWhole ||
      outbox.pending > 0 ||
      canonicalJson(gaps()) !== this.toldGaps ||
      canonicalJson(about) !== this.toldSubject
    )
  }

  private take(): Batch {
    const isWhole = this.mustSendWhole
    // Asked for again while it is being sent, it is sent again.
    this.mustSendWhole = false
    return this.options.outbox.take(isWhole) ?? { isWhole: false, items: [], waiting: new Map() }
  }

  private afterFailure(error: ServerFailure): void {
    // Whether the server has it cannot be known after a broken connection; its state tells.
    this.sequence = 0
    if (isOutOfOrder(error) || !error.mayPass) this.mustSendWhole = true
  }

  /** One object that the server refuses does not keep the others from it: it becomes a gap. False where it is for something else. */
  private passOver({ object, code, message }: ServerFailure): boolean {
    const { outbox, log } = this.options
    if (object === undefined || this.passedOver >= mostPassedOver) return false
    const reason = code === 'secret-value' ? 'redacted' : 'unparsable'
    const key = outbox.refuse(Buffer.from(object, 'hex').toString('latin1'), reason, message)
    if (key === undefined) return false
    this.passedOver++
    log.warn('the server refuses an object; the others are sent without it', { key, reason: message })
    return true
  }

  private waitAfter({ retryAfter, mayPass }: ServerFailure, failures: number): number {
    const { world } = this.options
    if (retryAfter !== undefined) return Math.min(retryAfter, longestObeyed) + world.random() * firstWait
    if (!mayPass) return longestWait * (0.5 + world.random() / 2)
    return Math.min(longestWait, firstWait * 2 ** failures) * (0.5 + world.random() / 2)
  }

  /** What the server has: the newest sequence, and how large an object may be. */
  private async readState(signal: AbortSignal): Promise<void> {
    const state = (await this.options.link.call({ method: 'GET', path: '/ingest' }, signal)) as IngestState
    this.objectBytes = state.limits.objectBytes
    const newest = state.scopes.find(({ scope }) => scope === 'api')?.sequence
    // A delta starts from what the server took of us last; after anything else it is told everything.
    if (newest === undefined || newest !== this.accepted) this.mustSendWhole = true
    this.sequence = newest ?? 1
    this.isKnown = newest !== undefined
  }
  private accepted: number | undefined
  /** Objects that were refused since the server last took something. */
  private passedOver = 0
  private isKnown = false

  private async send(batch: Batch, signal: AbortSignal): Promise<void> {
    const { world, outbox, gaps, subject, mayLead, log } = this.options
    const about = subject()
    if (about === undefined) throw new ServerFailure('the cluster is not known yet', { mayPass: true })
    const told = gaps()
    const now = world.now()
    const sequence = Math.max(now.getTime(), this.sequence + 1)
    const head: IngestHead = {
      format: 'plimsoll-ingest',
      version: 1,
      ...about,
      scope: 'api',
      collectedAt: now.toISOString(),
      sequence,
      ...(!batch.isWhole && { base: this.sequence }),
      gaps: bounded(told),
    }
    // The one place where a replica speaks: one that lost the lead meanwhile is silent.
    if (!mayLead()) throw new ServerFailure('another replica leads', { mayPass: true })
    const withTexts = !batch.isWhole || !this.isKnown
    let answer = await this.post('/ingest/snapshots', this.linesOf(head, batch, withTexts), signal)
    for (let round = 1; answer.state === 'wanted'; round++) {
      if (round > rounds)
        throw new ServerFailure(`after ${rounds} rounds it still lacks objects`, {
          status: 200,
          mayPass: false,
        })
      await this.sendWanted(answer.upload, batch, signal)
      answer = await this.post(`/ingest/uploads/${answer.upload}/commit`, undefined, signal)
    }
    outbox.confirm(batch)
    this.sequence = sequence
    this.accepted = sequence
    this.isKnown = true
    this.passedOver = 0
    this.acceptedAt = now
    this.toldGaps = canonicalJson(told)
    this.toldSubject = canonicalJson(about)
    this.sent[batch.isWhole ? 'whole' : 'deltas']++
    this.sent.resources += batch.isWhole ? answer.added + answer.changed + answer.removed : batch.items.length
    log[batch.isWhole ? 'info' : 'debug'](batch.isWhole ? 'sent everything' : 'sent what changed', {
      items: batch.items.length,
      added: answer.added,
      changed: answer.changed,
      removed: answer.removed,
      revision: answer.revision,
      gaps: told.length,
    })
  }

  private *linesOf(head: IngestHead, batch: Batch, withTexts: boolean): Generator<string> {
    const { outbox } = this.options
    function* items(): Generator<SnapshotItem> {
      for (const [key, hash] of batch.items) {
        const text = withTexts && hash !== null ? outbox.textOf(batch, key) : undefined
        yield {
          key,
          hash: hash === null ? null : hexOf(hash),
          ...(text !== undefined && { text }),
        }
      }
    }
    yield* snapshotLines(head, items(), sha256)
  }

  /** Sends what an upload lacks: what waits here first; what had to be let go of is read from the cluster again. */
  private async sendWanted(upload: string, batch: Batch, signal: AbortSignal): Promise<void> {
    const { outbox, readAgain } = this.options
    const keyOf = new Map<string, string>()
    for (const [key, hash] of batch.items) if (hash !== null) keyOf.set(hash, key)
    const path = `/ingest/uploads/${upload}`
    const lost = new Map<string, Set<string>>()
    let after: string | undefined
    do {
      const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`
      const call = { method: 'GET', path: `${path}/wanted${query}` } as const
      const page = (await this.options.link.call(call, signal)) as IngestWantedPage
      const texts = function* () {
        for (const hex of page.wanted) {
          const hash = Buffer.from(hex, 'hex').toString('latin1')
          const key = keyOf.get(hash)
          const text = key === undefined ? undefined : outbox.textOf(batch, key)
          if (text !== undefined) yield text
          else if (key !== undefined) note(lost, key.slice(0, key.indexOf('/')), hash)
        }
      }
      await this.postObjects(`${path}/objects`, texts(), signal)
      after = page.next
    } while (after !== undefined)
    for (const [kind, hashes] of lost)
      await this.postObjects(`${path}/objects`, readAgain(kind, hashes), signal)
  }

  private async postObjects(
    path: string,
    texts: Iterable<string> | AsyncIterable<string>,
    signal: AbortSignal,
  ): Promise<void> {
    let lines: string[] = []
    let chars = 0
    const flush = async () => {
      const own = lines
      lines = []
      chars = 0
      if (own.length > 0) await this.options.link.call({ method: 'POST', path, lines: own }, signal)
    }
    for await (const text of texts) {
      lines.push(`${text}\n`)
      chars += text.length
      if (chars > requestChars) await flush()
    }
    await flush()
  }

  private async post(
    path: string,
    lines: Iterable<string> | undefined,
    signal: AbortSignal,
  ): Promise<IngestAnswer> {
    const call = { method: 'POST', path, ...(lines && { lines }) } as const
    return (await this.options.link.call(call, signal)) as IngestAnswer
  }
}

function note(lost: Map<string, Set<string>>, kind: string, hash: string): void {
  const own = lost.get(kind)
  if (own) own.add(hash)
  else lost.set(kind, new Set([hash]))
}

const isOutOfOrder = ({ code }: ServerFailure): boolean =>
  ['base-mismatch', 'stale-sequence', 'sequence-conflict', 'conflict', 'not-found'].includes(code)
