// Files request: what to read and judge as files, and what comes of it.

import type { Problem, Snapshot } from '@plimsoll/core'
import type { Collector } from '../collector.ts'
import type { Progress } from '../progress.ts'
import type { Tools } from '../rendering/tools.ts'
import type { Sources } from './sources.ts'

export interface FilesRequest {
  /** Files, folders, or `-` for standard input, as the user typed them. */
  readonly paths: readonly string[]
  /** Read when `paths` has `-`. */
  readonly stdin?: AsyncIterable<Uint8Array>
  /** Globs of files and folders to leave out: `*.test.yaml`, `vendor/`. */
  readonly exclude?: readonly string[]
  /** What `findTools` found. */
  readonly tools: Tools
  /** Values files for every chart, as `helm template --values`. */
  readonly helmValues?: readonly string[]
  readonly collector: Collector
  readonly now: () => Date
  /** Where relative paths begin; the process's own by default. */
  readonly workingDirectory?: string
  readonly progress?: Progress
  readonly signal?: AbortSignal
}

/** What was met on the way, for `--verbose` and for the sentence about an empty scan. */
export interface FilesTally {
  /** Files whose text was read. */
  readonly files: number
  /** Files in folders that are neither YAML nor JSON by their name. */
  readonly otherFiles: number
  /** Files and folders left out by `exclude`. */
  readonly excluded: number
  /** Globs of `exclude` that matched nothing. */
  readonly unusedExcludes: readonly string[]
  /** Documents read, whatever they hold. */
  readonly documents: number
  /** Documents found in folders that are not Kubernetes objects: package.json, workflows, values. */
  readonly notKubernetes: number
  /** Charts and kustomizations rendered. */
  readonly rendered: number
}

export interface FilesCollection {
  readonly snapshot: Snapshot
  readonly sources: Sources
  /**
   * What is wrong with the request itself: a path that is not there, a file named that holds no object, a snapshot that
   * cannot be read. Each has its gap in the snapshot too. Everything else was collected all the same.
   */
  readonly problems: readonly Problem[]
  /** Keys that a mapping has twice; the last one counts, as for kubectl. */
  readonly notes: readonly FileNote[]
  readonly tally: FilesTally
}

/** Something odd in a file that changes no verdict. */
export interface FileNote {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly message: string
}

export type CollectFiles = (request: FilesRequest) => Promise<FilesCollection>
