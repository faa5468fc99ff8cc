// Preview exception: what an exception that is only thought of would hide of what its author sees.

import {
  type AcceptableFailure,
  coversFailure,
  exceptionScopeFields,
  matchesAny,
  parseQuery,
  type RuleException,
  type Severity,
} from '@plimsoll/core'
import type { RawBuilder, SqlBool } from 'kysely'
import { askClusters } from '../../store/ask-clusters.ts'
import { askWords } from '../../store/ask-words.ts'
import { allClusters } from '../../store/cluster-rows.ts'
import type { ClusterRow } from '../../store/clusters.ts'
import { compileQuery } from '../../store/compile-query.ts'
import {
  type Among,
  type CoverableRow,
  countOpenFailures,
  type ExceptionRow,
  openFailures,
} from '../../store/exceptions.ts'
import { fieldsOf } from '../../store/finding-groups.ts'
import { wordsOf } from '../../store/finding-words.ts'
import type { Permitted } from '../../store/permitted.ts'
import { findingColumns } from '../../store/query-columns.ts'
import type { Caller } from '../caller.ts'
import { exceptionFor } from './basis.ts'
import type { ExceptionDeps } from './exception-common.ts'
import { type Cover, readRequest } from './request-exception.ts'

export interface Preview {
  readonly covered: number
  readonly bySeverity: Readonly<Record<Severity, number>>
  readonly clusters: number
  readonly open: number
  readonly first: readonly {
    readonly cluster: string
    readonly clusterName: string
    readonly id: string
    readonly rule: string
    readonly resource: string
    readonly discriminator: string | null
  }[]
}

const severityNames: readonly (Severity | undefined)[] = [undefined, 'low', 'medium', 'high', 'critical']
const shown = 50

/** What an exception would hide of what the caller sees, now. Throws `unprocessable` as asking for it would. */
export async function previewException(deps: ExceptionDeps, caller: Caller, cover: Cover): Promise<Preview> {
  const read = readRequest(deps, {
    ...cover,
    id: 'preview',
    owner: 'nobody',
    reason: 'risk-owned',
    comment: '',
    expires: deps.now().toISOString().slice(0, 10),
  })
  const clusters = new Map((await allClusters(deps.db)).map(row => [row.cluster_id, row]))
  const holding = new Map<string, RuleException | undefined>()
  const forCluster = (cluster: ClusterRow) => {
    if (!holding.has(cluster.cluster_id))
      holding.set(cluster.cluster_id, exceptionFor(asRow(read, caller.permitted), cluster, deps.known))
    return holding.get(cluster.cluster_id)
  }
  const rules = new Map(deps.pack.rules.map(rule => [rule.id, rule]))
  const bySeverity = { critical: 0, high: 0, medium: 0, low: 0 }
  const first: CoverableRow[] = []
  const hit = new Set<string>()
  let covered = 0
  const among = await amongWhich(deps, read)
  for await (const batch of openFailures(deps.db, caller.permitted, among, read.findings !== undefined))
    for (const row of batch) {
      const cluster = clusters.get(row.cluster_id)
      const exception = cluster && forCluster(cluster)
      const severity = severityNames[row.severity]
      if (!exception || !severity) continue
      const failure = failureOf(row, severity, rules.get(row.rule) ?? { id: row.rule })
      if (!coversFailure(exception, failure)) continue
      covered++
      bySeverity[severity]++
      hit.add(row.cluster_id)
      if (first.length < shown) first.push(row)
    }
  const names = new Map([...clusters].map(([id, { name }]) => [id, name]))
  const open = await countOpen(deps, caller)
  return { covered, bySeverity, clusters: hit.size, open, first: shownFirst(first, names) }
}

/** How many open failures the caller sees. */
export const countOpen = ({ db }: ExceptionDeps, { permitted }: Caller) => countOpenFailures(db, permitted)

/** The first of what would be hidden, as a preview tells of them. */
export const shownFirst = (
  rows: readonly CoverableRow[],
  names: ReadonlyMap<string, string>,
): Preview['first'] =>
  rows.slice(0, shown).map(row => ({
    cluster: row.cluster_id,
    clusterName: names.get(row.cluster_id) ?? row.cluster_id,
    id: row.finding_id,
    rule: row.rule,
    resource: row.asset_key,
    discriminator: row.discriminator,
  }))

/** Where to look for what an exception covers: it may be less than what is found there, never more. */
async function amongWhich(deps: ExceptionDeps, read: RuleException): Promise<Among> {
  const { rules, scope, query, findings } = read
  const like = async (field: 'kind' | 'namespace', patterns: readonly string[] | undefined) =>
    patterns && (await wordsOf(deps.db, field)).filter(word => matchesAny(patterns, word))
  const aliases = new Map(deps.pack.rules.map(rule => [rule.id, rule.aliases ?? []]))
  const named = (await wordsOf(deps.db, 'rule')).filter(rule =>
    [rule, ...(aliases.get(rule) ?? [])].some(id => matchesAny(rules, id)),
  )
  const kinds = await like('kind', scope.kinds)
  const namespaces = await like('namespace', scope.namespaces)
  const condition = query === undefined ? undefined : await conditionOf(deps, query)
  return {
    rules: named,
    ...(kinds && { kinds }),
    ...(namespaces && { namespaces }),
    ...(findings && { resources: findings.map(one => one.resource) }),
    ...(condition && { condition }),
  }
}

/** The query as a condition on findings; undefined where it asks of the kind, of which an exception has another notion. */
async function conditionOf(
  { db, known }: ExceptionDeps,
  text: string,
): Promise<RawBuilder<SqlBool> | undefined> {
  const parsed = parseQuery(text, exceptionScopeFields, known)
  const fields = parsed.ok ? fieldsOf(parsed.query) : undefined
  if (!parsed.ok || !fields || fields.includes('kind')) return undefined
  // No field of this catalogue is asked for its age.
  const asked = { catalogue: exceptionScopeFields, known, now: 0 }
  const clusters = await askClusters(db, parsed.query, asked)
  const words = await askWords(db, parsed.query, findingColumns)
  return compileQuery(parsed.query, findingColumns, asked, clusters, words)
}

/** An exception that is only thought of, as it would be kept. */
const asRow = (read: RuleException, permitted: Permitted): ExceptionRow => ({
  exception_id: read.id,
  state: 'approved',
  rules: read.rules,
  scope: read.scope,
  query: read.query ?? null,
  findings: read.findings ?? null,
  reach: permitted.all ? null : permitted.terms,
  owner: read.owner,
  reason: read.reason,
  comment: '',
  expires: read.expires,
  requested_by: '',
  requested_by_name: '',
  requested_at: new Date(0),
  decided_by: null,
  decided_by_name: null,
  decided_at: null,
  decision_comment: null,
  version: 1,
})

const failureOf = (
  row: CoverableRow,
  severity: Severity,
  rule: AcceptableFailure['rule'],
): AcceptableFailure => ({
  rule,
  severity,
  asset: {
    key: `${row.cluster_id}/${row.asset_key}`,
    apiVersion: row.api_version,
    kind: row.kind,
    namespace: row.namespace,
    name: row.name,
    source: { file: '', document: 0 },
  },
  labels: row.labels,
  discriminator: row.discriminator ?? undefined,
  evidence: row.evidence as AcceptableFailure['evidence'],
})
