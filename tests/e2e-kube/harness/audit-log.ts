/** Writes an API server's audit policy and reads its audit log back. */
import { readFile } from 'node:fs/promises'

/** A rule of `audit.k8s.io/v1` Policy, as the API server takes it; the first that matches a request decides. */
export interface AuditRule {
  level: 'None' | 'Metadata' | 'Request' | 'RequestResponse'
  users?: string[]
  verbs?: string[]
  resources?: { group: string; resources: string[] }[]
  nonResourceURLs?: string[]
  namespaces?: string[]
}

/** The parts of an `audit.k8s.io/v1` Event that tests ask for. */
export interface AuditEvent {
  auditID: string
  level: string
  verb: string
  requestURI: string
  user: { username: string; groups?: string[] }
  userAgent?: string
  objectRef?: {
    resource?: string
    namespace?: string
    name?: string
    apiGroup?: string
    subresource?: string
  }
  responseStatus?: { code?: number }
  requestObject?: unknown
  responseObject?: unknown
  annotations?: Record<string, string>
}

/** Secrets with the bodies of requests and answers, so that a test sees what a reader was given; the rest as metadata. */
export const DEFAULT_AUDIT_RULES: readonly AuditRule[] = [
  { level: 'RequestResponse', resources: [{ group: '', resources: ['secrets'] }] },
  { level: 'Metadata' },
]

/** A path which is always audited; a request for it marks a place in the log. */
export const MARKER_PATH = '/livez/ping'

/** The policy file's content (JSON, which is YAML) for these rules. */
export function auditPolicy(rules: readonly AuditRule[]): string {
  return JSON.stringify({
    apiVersion: 'audit.k8s.io/v1',
    kind: 'Policy',
    omitStages: ['RequestReceived'],
    rules: [{ level: 'Metadata', nonResourceURLs: [MARKER_PATH] }, ...rules],
  })
}

/** All events written so far, oldest first. A last line still being written is left out. */
export async function readAuditLog(file: string): Promise<AuditEvent[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as AuditEvent)
}
