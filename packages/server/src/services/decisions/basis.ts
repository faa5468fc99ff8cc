// Basis: what the house decided for one cluster: its profile and the exceptions that may speak of it.

import { hash } from 'node:crypto'
import {
  type AcceptableFailure,
  canonicalJson,
  type KnownWords,
  omit,
  type RuleException,
  readExceptionQuery,
} from '@plimsoll/core'
import { clusterReader } from '../../store/ask-clusters.ts'
import { type ClusterRow, findCluster } from '../../store/clusters.ts'
import { approvedExceptions, type ExceptionRow } from '../../store/exceptions.ts'
import type { ZoneTerm } from '../../store/permitted.ts'
import { isSeen, type Place } from '../../store/seen.ts'
import type { BasisOf } from '../assess/ports.ts'
import type { Deps } from '../deps.ts'
import type { ProfileOf } from './ports.ts'

/** Reads what was decided for a cluster. Of a cluster that is not there nothing was. */
export function decidedBasis({ now }: Pick<Deps, 'now'>, known: KnownWords, profileOf: ProfileOf): BasisOf {
  return async (db, clusterId) => {
    const cluster = await findCluster(db, clusterId)
    if (!cluster) throw new Error(`there is no cluster ${clusterId} to decide for`)
    const today = now().toISOString().slice(0, 10)
    const rows = await approvedExceptions(db, today)
    const exceptions = rows.flatMap(row => exceptionFor(row, cluster, known) ?? [])
    const { profile } = await profileOf(db, cluster)
    return {
      profile,
      exceptions,
      digest: hash('sha256', canonicalJson(JSON.parse(JSON.stringify(exceptions))), 'hex').slice(0, 32),
    }
  }
}

/**
 * An exception as it holds for one cluster; undefined where it can say nothing of that cluster. One whose query can no longer be read
 * covers nothing: what it accepted is open again, and the list of exceptions says why.
 */
export function exceptionFor(
  row: ExceptionRow,
  cluster: ClusterRow,
  known: KnownWords,
): RuleException | undefined {
  const reach = row.reach?.filter(term => mayReach(term, cluster))
  if (reach?.length === 0) return undefined
  const asked = row.query === null ? undefined : readExceptionQuery(row.query, known, clusterReader(cluster))
  if (asked?.ok === false) return undefined
  const isWithin = (failure: AcceptableFailure) =>
    !reach || isSeen({ all: false, terms: reach }, placeOf(failure, cluster))
  const isLimited = asked !== undefined || reach !== undefined
  return {
    id: row.exception_id,
    rules: row.rules,
    scope: row.scope,
    ...(row.query !== null && { query: row.query }),
    ...(row.findings && { findings: row.findings }),
    owner: row.owner,
    reason: row.reason,
    ...(row.comment !== '' && { comment: row.comment }),
    expires: row.expires,
    ...(isLimited && {
      holdsFor: failure => isWithin(failure) && (asked?.holdsFor(failure) ?? true),
      holdsForKey: canonicalJson([reach ?? null, factsOf(cluster)]),
    }),
  }
}

const mayReach = (term: ZoneTerm, cluster: ClusterRow) =>
  isSeen(
    { all: false, terms: [omit(term, 'namespaces', 'labels')] },
    { cluster: clusterPlace(cluster), kind: '', namespace: '', name: '', labels: {} },
  )

const clusterPlace = (cluster: ClusterRow): Place['cluster'] => ({
  id: cluster.cluster_id,
  account: cluster.account,
  environment: cluster.environment,
  labels: cluster.labels,
})

const placeOf = ({ asset, labels }: AcceptableFailure, cluster: ClusterRow): Place => ({
  cluster: clusterPlace(cluster),
  kind: asset.kind,
  namespace: asset.namespace,
  name: asset.name,
  labels,
})

const factsOf = (cluster: ClusterRow) => ({
  ...clusterPlace(cluster),
  name: cluster.name,
  provider: cluster.provider,
  region: cluster.region,
  distribution: cluster.distribution,
  version: cluster.kubernetes_version,
})
