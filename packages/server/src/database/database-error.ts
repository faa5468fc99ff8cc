// Database error: why the database cannot be had, as a reason from a closed list and a sentence for people.

export type DatabaseReason =
  | 'no-binaries'
  | 'unwritable'
  | 'disk-full'
  | 'in-use'
  | 'not-ours'
  | 'did-not-start'
  | 'unreachable'
  | 'too-old'
  | 'newer-schema'
  | 'changed-migration'
  | 'not-migrated'
  | 'not-empty'
  | 'bad-backup'
  | 'no-citus'

export class DatabaseError extends Error {
  readonly reason: DatabaseReason
  constructor(reason: DatabaseReason, message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.name = 'DatabaseError'
    this.reason = reason
  }
}
