// Migration: one numbered step of the schema; once released it never changes.

export interface Migration {
  /** From 1, without holes. */
  readonly number: number
  readonly name: string
  /** Statements, run in one transaction. */
  readonly sql: string
  /**
   * The lowest number of a schema whose code can still work with the database after this step; absent where older code is not
   * disturbed. Servers that know fewer migrations than this refuse to start.
   */
  readonly compatibleFrom?: number
}
