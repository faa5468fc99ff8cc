// Input: one thing that the paths given lead to, to be read or rendered.

interface Place {
  /** As the user would type it. */
  readonly path: string
  /** Absolute, without symbolic links. */
  readonly real: string
  /** Whether the user named it, rather than a folder that it is in. */
  named: boolean
  /** Which of the paths given led to it. */
  readonly root: number
}

export interface FileInput extends Place {
  readonly type: 'file'
  /** Whether it stands in a chart's folder, where it may hold template text. */
  readonly inChart: boolean
}

/** A chart's folder, or its archive. */
export interface ChartInput extends Place {
  readonly type: 'chart'
}

/** A folder with a kustomization. */
export interface KustomizationInput extends Place {
  readonly type: 'kustomization'
  /** Name of the kustomization file in it. */
  readonly file: string
}

export interface StdinInput {
  readonly type: 'stdin'
  readonly root: number
}

export type Input = FileInput | ChartInput | KustomizationInput | StdinInput
