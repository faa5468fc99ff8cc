// Snapshot lines: a snapshot as the lines that a collector sends: its head, its items, its end.

import { SnapshotDigest } from './ingest-digest.ts'

export interface SnapshotItem {
  readonly key: string
  /** SHA-256 of its canonical JSON in lower-case hex; null: it is gone. */
  readonly hash: string | null
  /** Its canonical JSON; without it the item is named by its hash alone. */
  readonly text?: string
}

/** Each line with its line feed, as the items come. `sha256` hashes the UTF-8 of a text. */
export function* snapshotLines(
  head: unknown,
  items: Iterable<SnapshotItem>,
  sha256: (text: string) => Uint8Array,
): Generator<string> {
  const digest = new SnapshotDigest(head, sha256)
  yield `${JSON.stringify(head)}\n`
  for (const { key, hash, text } of items) {
    digest.add(key, hash)
    yield text === undefined ? `${JSON.stringify([key, hash])}\n` : `${text}\n`
  }
  yield `${JSON.stringify({ end: { items: digest.items, digest: digest.value() } })}\n`
}
