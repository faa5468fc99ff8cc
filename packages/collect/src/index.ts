// The face of collect: makes snapshots of files and of live clusters.

export type {
  ClusterAddress,
  ClusterCollection,
  ClusterRequest,
  CollectCluster,
  PermissionCheck,
  Preflight,
  PreflightRequest,
} from './cluster/cluster-request.ts'
export { builtInKinds, type KindEntry } from './cluster/kinds.ts'
export type { Collector, Environment, World } from './collector.ts'
export type {
  CollectFiles,
  FileNote,
  FilesCollection,
  FilesRequest,
  FilesTally,
} from './files/files-request.ts'
export { noSources, type Sources } from './files/sources.ts'
export type { Progress, ProgressEvent } from './progress.ts'
export { findTools, type Tool, type Tools } from './rendering/tools.ts'
