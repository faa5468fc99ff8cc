// Columns of findings: all that the list can show, which of them it shows, and where that choice is kept.

import type { Finding } from '@plimsoll/core/contract/client'
import { OutcomeBadge, SeverityBadge } from '../../parts/badges.tsx'
import { Time } from '../../parts/time.tsx'
import type { Column } from '../../parts/virtual-table.tsx'
import styles from './findings.module.css'
import { outcomeOf, resourceName, triageWord } from './words.ts'

const none = <span className={styles.faint}>–</span>

const cut = (text: string | null) => (text ? <span title={text}>{text}</span> : none)

export const allColumns: readonly (Column<Finding> & { readonly title: string })[] = [
  {
    id: 'severity',
    title: 'Severity',
    width: '94px',
    sort: 'severity',
    cell: ({ severity }) => <SeverityBadge severity={severity} />,
  },
  {
    id: 'outcome',
    title: 'Outcome',
    width: '122px',
    cell: finding =>
      finding.state === 'resolved' ? (
        <span className={styles.resolved}>Resolved</span>
      ) : (
        <OutcomeBadge outcome={outcomeOf(finding)} />
      ),
  },
  {
    id: 'rule',
    title: 'Rule',
    width: 'minmax(220px, 3fr)',
    sort: 'rule',
    cell: ({ rule }) => <span title={`${rule.title} (${rule.id})`}>{rule.title}</span>,
  },
  {
    id: 'resource',
    title: 'Resource',
    width: 'minmax(190px, 2fr)',
    sort: 'resource',
    cell: finding => (
      <span title={finding.resource.key || finding.cluster.name}>
        {resourceName(finding)} <span className={styles.faint}>{finding.resource.kind || 'Cluster'}</span>
      </span>
    ),
  },
  { id: 'kind', title: 'Kind', width: '130px', cell: ({ resource }) => cut(resource.kind) },
  { id: 'namespace', title: 'Namespace', width: '120px', cell: ({ resource }) => cut(resource.namespace) },
  { id: 'discriminator', title: 'Part', width: '120px', cell: ({ discriminator }) => cut(discriminator) },
  {
    id: 'cluster',
    title: 'Cluster',
    width: 'minmax(128px, 1fr)',
    sort: 'cluster',
    cell: ({ cluster }) => cut(cluster.name),
  },
  { id: 'root', title: 'Root cause', width: 'minmax(160px, 1.4fr)', cell: ({ root }) => cut(root.key) },
  { id: 'reason', title: 'Reason', width: 'minmax(160px, 2fr)', cell: ({ reason }) => cut(reason) },
  { id: 'triage', title: 'Triage', width: '108px', cell: ({ triage }) => triageWord(triage) },
  { id: 'assignee', title: 'Assignee', width: '96px', cell: ({ assignee }) => cut(assignee) },
  {
    id: 'opened',
    title: 'Opened',
    width: '92px',
    sort: 'opened',
    cell: ({ openedAt }) => <Time at={openedAt} />,
  },
  {
    id: 'changed',
    title: 'Changed',
    width: '92px',
    sort: 'changed',
    cell: ({ changedAt }) => <Time at={changedAt} />,
  },
  {
    id: 'resolved',
    title: 'Resolved',
    width: '92px',
    cell: ({ resolvedAt }) => (resolvedAt ? <Time at={resolvedAt} /> : none),
  },
  {
    id: 'reopened',
    title: 'Reopened',
    width: '80px',
    align: 'right',
    cell: ({ reopened }) => (reopened === 0 ? none : reopened),
  },
]

const usual = 'severity,outcome,rule,resource,cluster,assignee,opened'
/** Where all that is asked for fails, a column that says so says nothing. */
const usualOfFailures = usual.replace('outcome,', '')
const place = 'plimsoll.findings.columns'

/** The columns that a text names; those kept from before, or the usual ones, without it. */
export function columnsIn(text: string | undefined, isOfFailures: boolean): typeof allColumns {
  const wanted = (text ?? keptColumns() ?? (isOfFailures ? usualOfFailures : usual)).split(',')
  const found = wanted.flatMap(id => allColumns.filter(column => column.id === id))
  return found.length > 0 ? found : columnsIn(usual, false)
}

function keptColumns(): string | null {
  try {
    return localStorage.getItem(place)
  } catch {
    return null
  }
}

/** Keeps a choice for the next time; where the browser keeps nothing, the URL still holds it. */
export function keepColumns(ids: readonly string[]): void {
  try {
    localStorage.setItem(place, ids.join(','))
  } catch {
    // Storage is off or full.
  }
}
