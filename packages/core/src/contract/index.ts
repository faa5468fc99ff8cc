// The face of the contract: the schemas that the server, the command line, collectors and the web app share.

export * as accessApi from './api/access.ts'
export * as exceptionsApi from './api/exceptions.ts'
export * from './ingest.ts'
export { SnapshotDigest } from './ingest-digest.ts'
