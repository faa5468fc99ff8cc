// Collector: who makes a snapshot, and the things of the outside world that making one needs.

/** Name and version that a snapshot carries, such as `plimsoll` and `0.1.0`. */
export interface Collector {
  readonly name: string
  readonly version: string
}

/** Environment variables, handed in by the main file. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Time and chance, handed in so that tests decide them. */
export interface World {
  now(): Date
  /** A number from 0 up to, not including, 1. */
  random(): number
  /** Resolves after the milliseconds given; rejects with the signal's reason when it aborts before. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}
