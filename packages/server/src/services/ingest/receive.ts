// Receive: reads the stream of a snapshot: small ones are held, large ones staged piece by piece, until their last line.

import { randomUUID } from 'node:crypto'
import {
  type IngestHead,
  ingestEnd,
  ingestHead,
  ingestItem,
  ingestVersion,
  SnapshotDigest,
} from '@plimsoll/core/contract'
import type { Body } from '../../store/objects.ts'
import type { Item } from '../../store/uploads.ts'
import { Fault } from '../fault.ts'
import type { Limits } from './limits.ts'
import { parseLine, readObject, sha256 } from './read-object.ts'

/** Where a snapshot goes that is too large to be held. */
export interface Staging {
  /** Makes room for the upload; called once, before the first `add`. */
  open(head: IngestHead, id: string): Promise<void>
  /** Throws `invalid-request` where a key comes a second time. */
  add(id: string, items: readonly Item[], bodies: readonly Body[]): Promise<void>
}

export interface Received {
  readonly head: IngestHead
  readonly digest: string
  readonly items: number
  readonly bytes: number
  /** Id of the upload where it was staged; else all of it is held. */
  readonly upload: string | undefined
  readonly held: { readonly items: readonly Item[]; readonly bodies: readonly Body[] }
}

/** Rows of one statement, and bytes of objects that are held at a time. */
const most = { items: 5000, bodies: 2000, bytes: 4 * 1024 * 1024 }

const openingOfItem = 91
const openingOfEnd = Buffer.from('{"end":')

/** Gathers a snapshot from its lines. Give it each line, then ask for the end. */
export class SnapshotReceiver {
  private head: IngestHead | undefined
  private digest: SnapshotDigest | undefined
  private items: Item[] = []
  private bodies: Body[] = []
  private heldBytes = 0
  private readonly keys = new Set<string>()
  private total = 0
  private bytes = 0
  private isEnded = false
  private written: Promise<void> = Promise.resolve()
  /** Set from the first staged piece on. */
  upload: string | undefined

  private readonly collector: string
  private readonly staging: Staging
  private readonly limits: Limits
  private readonly onHead: (head: IngestHead) => Promise<void>

  /** `onHead` may refuse what a snapshot speaks of before the rest of it is read. */
  constructor(
    collector: string,
    staging: Staging,
    limits: Limits,
    onHead: (head: IngestHead) => Promise<void>,
  ) {
    this.collector = collector
    this.staging = staging
    this.limits = limits
    this.onHead = onHead
  }

  /** The cluster that it speaks of, once that is known. */
  get cluster(): string | undefined {
    return this.head?.cluster.uid
  }

  /** Comes when nothing is being written any more, whether that went well or not. */
  async settled(): Promise<void> {
    await this.written.catch(() => {})
  }

  async take(lines: readonly Buffer[]): Promise<void> {
    for (const line of lines) {
      if (this.isEnded) throw new Fault('invalid-request', 'there is more after the last line')
      if (this.digest === undefined) await this.readHead(line)
      else if (line[0] === openingOfItem) this.readItem(line)
      else if (line.subarray(0, openingOfEnd.length).equals(openingOfEnd)) this.readEnd(line)
      else this.readObject(line)
      if (this.isFull()) await this.stage()
    }
  }

  /** The whole snapshot. Throws `incomplete-upload` where its last line did not come. */
  async end(): Promise<Received> {
    const { head, digest } = this
    if (head === undefined || digest === undefined)
      throw new Fault('incomplete-upload', 'not even the first line came')
    if (!this.isEnded) throw new Fault('incomplete-upload', 'the last line did not come')
    if (this.upload !== undefined) {
      await this.stage()
      await this.written
    }
    return {
      head,
      digest: digest.value(),
      items: this.total,
      bytes: this.bytes,
      upload: this.upload,
      held: { items: this.items, bodies: this.bodies },
    }
  }

  private isFull(): boolean {
    return (
      this.items.length >= most.items || this.bodies.length >= most.bodies || this.heldBytes >= most.bytes
    )
  }

  private async stage(): Promise<void> {
    const { head, items, bodies } = this
    if (head === undefined) return
    if (this.upload === undefined) {
      const id = randomUUID()
      await this.staging.open(head, id)
      this.upload = id
      // From here on the database tells what comes twice.
      this.keys.clear()
    }
    this.items = []
    this.bodies = []
    this.heldBytes = 0
    // One piece is written while the next is read: the database works beside us, and no more than two pieces are held.
    await this.written
    this.written = this.staging.add(this.upload, items, bodies)
    // It is awaited before the next piece; until then a failure is nobody's.
    this.written.catch(() => {})
  }

  private async readHead(line: Buffer): Promise<void> {
    const { value } = parseLine(line)
    const { version } = (value ?? {}) as { version?: unknown }
    if (version !== ingestVersion)
      throw new Fault(
        'invalid-request',
        `this server reads version ${ingestVersion} of the protocol, not ${JSON.stringify(version)?.slice(0, 20)}`,
      )
    const head = parse(ingestHead, value, 'the first line')
    await this.onHead(head)
    this.head = head
    this.digest = new SnapshotDigest(value, sha256)
  }

  private readItem(line: Buffer): void {
    const [key, hash] = parse(ingestItem, parseLine(line).value, 'an item')
    if (hash === null && this.head?.base === undefined)
      throw new Fault('invalid-request', 'only a delta says that a resource is gone')
    this.name(key, hash)
  }

  private readObject(line: Buffer): void {
    if (line.length > this.limits.objectBytes)
      throw new Fault('too-large', `an object has more than ${this.limits.objectBytes} bytes`)
    const { text, value } = parseLine(line)
    const body = readObject(line, text, value, this.collector)
    this.bodies.push(body)
    this.heldBytes += body.json.length
    this.bytes += line.length
    this.name(body.key, body.hash)
  }

  private name(key: string, hash: string | null): void {
    if (++this.total > this.limits.uploadItems)
      throw new Fault('too-large', `the snapshot names more than ${this.limits.uploadItems} resources`)
    if (this.upload === undefined) {
      if (this.keys.has(key)) throw namedTwice(key)
      this.keys.add(key)
    }
    checkKey(key, this.head?.scope ?? '')
    this.items.push([key, hash])
    this.digest?.add(key, hash)
  }

  private readEnd(line: Buffer): void {
    const { end } = parse(ingestEnd, parseLine(line).value, 'the last line')
    if (end.items !== this.total)
      throw new Fault('incomplete-upload', `${this.total} of ${end.items} resources came`)
    if (end.digest !== this.digest?.value())
      throw new Fault('incomplete-upload', 'the digest of what came is not the one that the last line says')
    this.isEnded = true
  }
}

export const namedTwice = (key: string) => new Fault('invalid-request', `the snapshot names ${key} twice`)

/** Kinds of facts, which collectors make themselves, come from nodes and clouds alone, and nothing else does. */
const factKinds = new Set(['NodeFacts', 'CloudCluster', 'CloudRegistry', 'ImageReport'])

function checkKey(key: string, scope: string): void {
  const parts = key.split('/')
  if (parts.length !== 3 || parts[0] === '' || parts[2] === '')
    throw new Fault('invalid-request', `${JSON.stringify(key.slice(0, 100))} is no <kind>/<namespace>/<name>`)
  const isFact = factKinds.has(parts[0] ?? '')
  if (isFact === (scope === 'api'))
    throw new Fault('invalid-request', `${parts[0]} does not belong in a snapshot of scope ${scope}`)
}

interface Schema<T> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: T }
    | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } }
}

function parse<T>(schema: Schema<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const places = parsed.error.issues.slice(0, 10).map(({ path, message }) => ({
    path: `/${path.map(String).join('/')}`,
    message,
  }))
  throw new Fault('invalid-request', `${what} is not as the protocol says`, { places })
}
