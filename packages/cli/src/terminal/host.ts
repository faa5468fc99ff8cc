// Host: what a command is given of the machine it runs on, so that tests can give it another.

import type { Paint } from './colour.ts'
import type { Sink } from './sink.ts'
import type { StatusLine } from './status-line.ts'

export interface Host {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly workingDirectory: string
  readonly stdin: AsyncIterable<Uint8Array>
  readonly stdinIsTerminal: boolean
  /** Data goes here. */
  readonly out: Sink
  /** Says something as it is beside the data. */
  err(text: string): void
  /** Columns of the terminal that `out` is; 100 where it is none. */
  readonly width: number
  readonly now: () => Date
  /** Aborts when the user stops the program. */
  readonly signal: AbortSignal
  /** Said by a command that runs until it is stopped: it ends by itself when the signal aborts, and is not ended by it. */
  endsInOrder(): void
  /** How this run speaks; known when the flags are read. */
  voice(flags: VoiceFlags): Voice
}

export interface VoiceFlags {
  readonly color: boolean
  readonly quiet: boolean
  readonly verbose: boolean
}

/** Speaks to the user beside the data. */
export interface Voice {
  /** Colours data for the terminal, where it goes to one that wants it. */
  readonly paint: Paint
  /** Something went wrong: always said. */
  problem(line: string): void
  /** Something to know: said unless the user wants quiet. */
  note(line: string): void
  /** Something for the curious: said with `--verbose`. */
  detail(line: string): void
  readonly status: StatusLine
}
