// The face of collect: makes snapshots of files and of live clusters.

export { kindsReadBy } from '@plimsoll/core'
export type { AgentOptions, AgentWorld } from './agent/agent-options.ts'
export { type LogLevel, logLevels } from './agent/log.ts'
export { type RunAgent, runAgent } from './agent/run-agent.ts'
export type {
  ClusterAddress,
  ClusterCollection,
  ClusterRequest,
  CollectCluster,
  PermissionCheck,
  Preflight,
  PreflightRequest,
} from './cluster/cluster-request.ts'
export { collectCluster } from './cluster/collect-cluster.ts'
export { preflight } from './cluster/preflight.ts'
export type { Collector, Environment, World } from './collector.ts'
export { collectFiles } from './files/collect-files.ts'
export type {
  CollectFiles,
  FileNote,
  FilesCollection,
  FilesRequest,
  FilesTally,
} from './files/files-request.ts'
export { openSnapshot, saveSnapshot } from './files/snapshot-file.ts'
export { snapshotLines } from './files/snapshot-format.ts'
export { noSources, type Sources } from './files/sources.ts'
export type { Progress, ProgressEvent } from './progress.ts'
export { findTools, type Tool, type Tools } from './rendering/tools.ts'
export { type OpenServer, type OpenServerClient, openServer } from './upload/open-server.ts'
export { type PreparedObject, type PreparedSnapshot, prepareSnapshot } from './upload/prepare-snapshot.ts'
export { retrying } from './upload/retry.ts'
export { type ServerAddress, ServerClient, ServerFailure } from './upload/server-client.ts'
export { type UploadRequest, type UploadSnapshot, uploadSnapshot } from './upload/upload-snapshot.ts'
export { systemWorld } from './world.ts'
