// Ingest digest: tells snapshots apart by all they say, whatever the order in which it was said.

import { canonicalJson } from '../model/canonical-json.ts'

/**
 * Gathers a snapshot's digest: the sum of the SHA-256 of each line, as numbers of 256 bits. Collectors list in parallel, so order says
 * nothing. It tells a repetition from another snapshot of the same number; nobody but the sender could gain by forging it.
 */
export class SnapshotDigest {
  private readonly sum = new Uint8Array(32)
  private readonly sha256: (text: string) => Uint8Array
  items = 0

  /** `head` as it is sent; `sha256` hashes the UTF-8 of a text. */
  constructor(head: unknown, sha256: (text: string) => Uint8Array) {
    this.sha256 = sha256
    this.addText(canonicalJson(head))
  }

  add(key: string, hash: string | null): void {
    this.items++
    this.addText(`${hash ?? '-'} ${key}`)
  }

  /** In lower-case hex. */
  value(): string {
    return Array.from(this.sum, byte => byte.toString(16).padStart(2, '0')).join('')
  }

  private addText(text: string): void {
    const { sum } = this
    const more = this.sha256(text)
    let carry = 0
    for (let i = 31; i >= 0; i--) {
      carry += (sum[i] ?? 0) + (more[i] ?? 0)
      sum[i] = carry & 255
      carry >>= 8
    }
  }
}
