// Columns: the types of columns as the driver gives and takes them.

import type { ColumnType } from 'kysely'

/**
 * A timestamptz. The driver gives a Date, which holds milliseconds, while the database holds microseconds: an instant that is
 * compared for equality (valid_from, revised_at) stays in SQL, or travels as text.
 */
export type Instant = ColumnType<Date, Date | string, Date | string>
export type OptionalInstant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>

/** A timestamptz that may be 'infinity' (the driver gives the number Infinity), which it is where nothing is said. */
export type Until = ColumnType<Date | number, Date | string | undefined, Date | string>

/** A timestamptz that may be '-infinity' (the driver gives -Infinity), which it is where nothing is said. */
export type Since = Until

/** A bigint: given as text; taken as text or number. */
export type Big = ColumnType<string, string | number | bigint, string | number | bigint>
export type BigWithDefault = ColumnType<
  string,
  string | number | bigint | undefined,
  string | number | bigint
>

/** A jsonb: given as a value, written as JSON text (the driver would write a bare array as an array of SQL). */
export type Json<T> = ColumnType<T, string, string>
export type JsonWithDefault<T> = ColumnType<T, string | undefined, string>

export type OptionalJson<T> = ColumnType<T | null, string | null | undefined, string | null>
