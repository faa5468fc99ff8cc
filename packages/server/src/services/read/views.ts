// Views: rows of the store as the API gives them.

import { type Edition, type Gap, omit, type Severity } from '@plimsoll/core'
import type { Group, RootGroup } from '../../store/finding-groups.ts'
import type { FindingRow } from '../../store/findings.ts'
import type { FleetRow } from '../../store/fleet.ts'
import type { ClusterScore } from '../../store/posture.ts'
import type { AssetRow } from '../../store/resources.ts'
import type { Reading } from './reading.ts'

const severityNames: readonly Severity[] = ['low', 'medium', 'high', 'critical']
/** The severity of a number as it is kept: 1 low … 4 critical. */
export const severityOf = (number: number): Severity => severityNames[number - 1] ?? 'low'

const iso = (instant: Date) => instant.toISOString()
const maybe = (instant: Date | null) => instant && iso(instant)

export function findingView(reading: Reading, row: FindingRow) {
  return {
    id: row.finding_id,
    cluster: { id: row.cluster_id, name: row.cluster_name, region: row.region },
    rule: { id: row.rule, title: reading.rules.get(row.rule)?.title ?? row.rule },
    severity: severityOf(row.severity),
    outcome: row.outcome,
    state: row.state,
    resource: {
      key: row.asset_key,
      apiVersion: row.api_version,
      kind: row.kind,
      namespace: row.namespace,
      name: row.name,
      labels: row.labels,
    },
    discriminator: row.discriminator,
    root: { kind: row.root_kind, key: row.root_key },
    reason: row.reason,
    exception: row.exception_id,
    firstSeen: iso(row.first_seen),
    openedAt: iso(row.opened_at),
    changedAt: iso(row.changed_at),
    resolvedAt: maybe(row.resolved_at),
    resolution: row.resolution,
    reopened: row.reopened,
    triage: row.triage,
    assignee: row.assignee,
  }
}

export function assetView(row: AssetRow) {
  const { critical, high, medium, low } = row
  return {
    cluster: { id: row.cluster_id, name: row.cluster_name },
    key: row.asset_key,
    apiVersion: row.api_version,
    kind: row.kind,
    namespace: row.namespace,
    name: row.name,
    labels: row.labels,
    root: { kind: row.root_kind, key: row.root_key },
    failed: critical + high + medium + low,
    critical,
    high,
    medium,
    low,
    excepted: row.excepted,
    passed: row.passed,
    notEvaluated: row.not_evaluated,
    firstSeen: iso(row.first_seen),
    goneAt: maybe(row.gone_at),
  }
}

export const scoreView = ({ value, low, high, evaluated, not_evaluated }: ClusterScore) => ({
  value,
  low,
  high,
  evaluated,
  notEvaluated: not_evaluated,
})

export function clusterView(row: FleetRow, scores: readonly ClusterScore[]) {
  const { critical, high, medium, low } = row
  return {
    id: row.cluster_id,
    name: row.name,
    account: row.account,
    provider: row.provider,
    region: row.region,
    distribution: row.distribution,
    version: row.kubernetes_version,
    environment: row.environment,
    labels: row.labels,
    isSample: row.is_sample,
    status: row.status,
    addedAt: iso(row.created_at),
    seenAt: maybe(row.seen_at),
    assessedAt: maybe(row.assessed_at),
    // Once a snapshot came after it nobody waits any more.
    scanAskedAt:
      row.scan_asked_at && !(row.seen_at && row.seen_at > row.scan_asked_at) ? iso(row.scan_asked_at) : null,
    resources: row.resources,
    failed: row.failed,
    critical,
    high,
    medium,
    low,
    excepted: row.excepted,
    notEvaluated: row.not_evaluated,
    scores: scores
      .filter(score => score.cluster_id === row.cluster_id)
      .map(score => ({ benchmark: score.benchmark, edition: score.edition, ...scoreView(score) })),
  }
}

export function rootView({ cluster_id, cluster_name, root_kind, root_key, ...counts }: RootGroup) {
  const { failed, critical, high, medium, low, resources, rules } = counts
  return {
    cluster: { id: cluster_id, name: cluster_name },
    kind: root_kind,
    key: root_key,
    failed,
    critical,
    high,
    medium,
    low,
    resources,
    rules,
  }
}

export const countsView = (group: Group) => omit(group, 'keys')

export const gapView = ({ scope, kind, namespace, reason, detail }: Gap) => ({
  scope,
  kind: kind ?? null,
  namespace: namespace ?? null,
  reason,
  detail,
})

/** The editions that a cluster was judged by, of those that are known. */
export const judgedBy = (
  reading: Reading,
  editions: readonly (readonly [benchmark: string, edition: string])[],
): readonly Edition[] =>
  reading.editions.filter(one =>
    editions.some(([benchmark, edition]) => one.benchmark === benchmark && one.edition === edition),
  )

/** The controls that a rule answers, of the editions given. */
export function controlsOf(rule: string, editions: readonly Edition[]) {
  return editions.flatMap(edition =>
    edition.controls
      .filter(control => control.rules.some(binding => binding.rule === rule))
      .map(control => ({
        benchmark: edition.benchmark,
        edition: edition.edition,
        control: control.id,
        title: control.title,
        section: control.section,
        requirement: control.requirement ?? null,
      })),
  )
}
