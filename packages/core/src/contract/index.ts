// The face of the contract: the schemas that the server, the command line, collectors and the web app share.

export * as accessApi from './api/access.ts'
export * as clustersApi from './api/clusters.ts'
export * as complianceApi from './api/compliance.ts'
export * as exceptionsApi from './api/exceptions.ts'
export * as findingsApi from './api/findings.ts'
export * as overviewApi from './api/overview.ts'
export * as queryApi from './api/query.ts'
export * as resourcesApi from './api/resources.ts'
export * as rulesApi from './api/rules.ts'
export { type ApiClient, type ApiRequest, apiClient, type Send } from './api-client.ts'
export * from './ingest.ts'
export { SnapshotDigest } from './ingest-digest.ts'
