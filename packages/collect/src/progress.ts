// Progress: what a collection tells while it runs, for people who watch.

export interface ProgressEvent {
  readonly phase: 'reading' | 'rendering' | 'listing'
  /** What was just finished: a file, a chart, or a kind with the number of objects so far. */
  readonly what: string
  readonly done: number
  /** Absent while it is not known yet. */
  readonly total?: number
}

export type Progress = (event: ProgressEvent) => void
