// Migration: one numbered step of the schema; once released it never changes.

export interface Migration {
  /** From 1, without holes. */
  readonly number: number
  readonly name: string
  /** Statements, run in one transaction. */
  readonly sql: string
}
