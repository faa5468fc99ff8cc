// Spool: keeps the texts that wait to be sent, packed: a few in memory, the rest in files of a folder, up to a bound.

import { closeSync, mkdirSync, openSync, readdirSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** A text that is kept; ask the spool for it. */
export interface Kept {
  bytes: Buffer | undefined
  place: { readonly segment: Segment; readonly offset: number; readonly length: number } | undefined
}

interface Segment {
  readonly file: string
  readonly bytes: number
  readonly kept: Set<Kept>
  live: number
}

export interface SpoolOptions {
  /** Bytes in memory before they are written to disk. */
  readonly memoryBytes?: number
  /** The most bytes on disk. */
  readonly diskBytes?: number
  /** Told once that the disk does not take what should be written. */
  readonly onFull?: (reason: string) => void
}

const MiB = 1024 * 1024
const prefix = 'waiting-'

/**
 * Texts leave in any order. Where the bound is reached or the disk is full, the oldest texts are let go of: who asks for one of them is told
 * so, and looks at the cluster again.
 */
export class Spool {
  private readonly folder: string
  private readonly memoryBytes: number
  private readonly diskBytes: number
  private readonly onFull: (reason: string) => void
  private readonly inMemory = new Set<Kept>()
  private readonly segments: Segment[] = []
  private held = 0
  private written = 0
  private next = 1
  /** Texts that were let go of. */
  dropped = 0

  /** Makes the folder, and empties it of what an earlier run left. Throws where it cannot be written to. */
  constructor(folder: string, { memoryBytes = 2 * MiB, diskBytes = 256 * MiB, onFull }: SpoolOptions = {}) {
    this.folder = folder
    this.memoryBytes = memoryBytes
    this.diskBytes = diskBytes
    this.onFull = onFull ?? (() => {})
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.clear()
  }

  /** Bytes on disk, and in memory. */
  get size(): { readonly disk: number; readonly memory: number } {
    return { disk: this.written, memory: this.held }
  }

  keep(text: string): Kept {
    const packed = deflateRawSync(text, { level: 1 })
    // What zlib gives is a small part of a large buffer, which would be kept with it.
    const bytes = Buffer.allocUnsafeSlow(packed.length)
    packed.copy(bytes)
    const kept: Kept = { bytes, place: undefined }
    this.inMemory.add(kept)
    this.held += bytes.length
    if (this.held > this.memoryBytes) this.spill()
    return kept
  }

  /** The text; undefined where it had to be let go of. */
  read(kept: Kept): string | undefined {
    const packed = kept.bytes ?? this.readPlace(kept)
    return packed && inflateRawSync(packed).toString('utf8')
  }

  release(kept: Kept): void {
    const { bytes, place } = kept
    if (bytes) {
      this.inMemory.delete(kept)
      this.held -= bytes.length
      kept.bytes = undefined
    }
    if (!place) return
    kept.place = undefined
    place.segment.kept.delete(kept)
    place.segment.live -= place.length
    if (place.segment.kept.size === 0) this.discard(place.segment)
  }

  /** Throws away all that is kept. */
  clear(): void {
    for (const name of readdirSync(this.folder))
      if (name.startsWith(prefix)) rmSync(join(this.folder, name), { force: true })
    for (const kept of this.inMemory) kept.bytes = undefined
    this.inMemory.clear()
    for (const { kept } of this.segments.splice(0)) for (const one of kept) one.place = undefined
    this.held = 0
    this.written = 0
  }

  private spill(): void {
    const batch = [...this.inMemory]
    this.inMemory.clear()
    this.write(batch)
  }

  /** Writes texts that are in memory as one file. */
  private write(batch: readonly Kept[]): void {
    const packed = Buffer.concat(batch.map(({ bytes }) => bytes ?? Buffer.alloc(0)))
    this.held -= packed.length
    this.makeRoom(packed.length)
    const segment: Segment = {
      file: join(this.folder, `${prefix}${this.next++}`),
      bytes: packed.length,
      kept: new Set(batch),
      live: packed.length,
    }
    let isWritten = packed.length <= this.diskBytes
    if (isWritten)
      try {
        writeFileSync(segment.file, packed, { mode: 0o600 })
      } catch (error) {
        isWritten = false
        rmSync(segment.file, { force: true })
        this.onFull((error as Error).message)
      }
    let offset = 0
    for (const kept of batch) {
      const length = kept.bytes?.length ?? 0
      kept.bytes = undefined
      if (isWritten) kept.place = { segment, offset, length }
      offset += length
    }
    if (!isWritten) {
      this.dropped += batch.length
      return
    }
    this.segments.push(segment)
    this.written += packed.length
  }

  /** First what is no longer wanted goes, then what is oldest. */
  private makeRoom(bytes: number): void {
    if (this.written + bytes <= this.diskBytes) return
    for (const segment of [...this.segments]) if (segment.live * 2 < segment.bytes) this.compact(segment)
    while (this.written + bytes > this.diskBytes) {
      const oldest = this.segments[0]
      if (!oldest) return
      this.onFull(`more than ${this.diskBytes} bytes wait to be sent`)
      this.dropped += oldest.kept.size
      for (const kept of oldest.kept) kept.place = undefined
      this.discard(oldest)
    }
  }

  /** Writes what is still wanted of a file into one of its own. */
  private compact(segment: Segment): void {
    const wanted = [...segment.kept]
    for (const kept of wanted) {
      kept.bytes = this.readPlace(kept)
      kept.place = undefined
      this.held += kept.bytes?.length ?? 0
    }
    this.discard(segment)
    const readable = wanted.filter(({ bytes }) => bytes)
    if (readable.length > 0) this.write(readable)
  }

  private readPlace({ place }: Kept): Buffer | undefined {
    if (!place) return undefined
    const bytes = Buffer.allocUnsafe(place.length)
    let file: number | undefined
    try {
      file = openSync(place.segment.file, 'r')
      return readSync(file, bytes, 0, place.length, place.offset) === place.length ? bytes : undefined
    } catch {
      // Whoever cleans the folder up takes nothing that the cluster does not still have.
      return undefined
    } finally {
      if (file !== undefined) closeSync(file)
    }
  }

  private discard(segment: Segment): void {
    const index = this.segments.indexOf(segment)
    if (index < 0) return
    this.segments.splice(index, 1)
    this.written -= segment.bytes
    rmSync(segment.file, { force: true })
  }
}
