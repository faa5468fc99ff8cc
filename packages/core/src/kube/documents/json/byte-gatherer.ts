// Byte gatherer: keeps the bytes of one value while it goes over several chunks.

/** Begin a value with `begin`, call `keep` at the end of each chunk, and `finish` where the value ends. */
export class ByteGatherer {
  private readonly most: number
  private parts: Uint8Array[] = []
  private size = 0
  /** Where the value begins in the current chunk; -1 where no value is open. */
  private from = -1

  /** Values of more than `most` bytes are dropped. */
  constructor(most: number) {
    this.most = most
  }

  begin(at: number): void {
    this.parts = []
    this.size = 0
    this.from = at
  }

  /** Goes on with a value whose earlier bytes were kept, at `at` in the current chunk. */
  resume(at: number): void {
    this.from = at
  }

  /** Copies what the chunk has of the value up to `end`; the rest comes later. */
  keep(chunk: Uint8Array, end: number): void {
    if (this.from < 0) return
    this.size += end - this.from
    if (this.size > this.most) this.parts = []
    else if (end > this.from) this.parts.push(new Uint8Array(chunk.subarray(this.from, end)))
    this.from = 0
  }

  /** What was kept so far, joined. */
  kept(): Uint8Array {
    const whole = this.parts.length === 1 ? this.parts[0] : undefined
    if (whole) return whole
    const joined = new Uint8Array(this.parts.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of this.parts) {
      joined.set(part, at)
      at += part.length
    }
    return joined
  }

  /** The bytes of the value, which ends before `end` in the chunk; undefined where they are too many. */
  finish(chunk: Uint8Array, end: number): Uint8Array | undefined {
    const { from } = this
    const size = this.size + end - from
    if (size > this.most) {
      this.from = -1
      return undefined
    }
    if (this.size === 0) {
      this.from = -1
      return chunk.subarray(from, end)
    }
    this.keep(chunk, end)
    this.from = -1
    return this.kept()
  }
}
