// Columns of exceptions: state, what is covered, who owns it and why, how much it hides and until when.

import type { Exception } from '@plimsoll/core/contract/client'
import { reasonWords } from '../../parts/acceptance-fields.tsx'
import { dayOf, relativeTime, Time, useNow } from '../../parts/time.tsx'
import type { Column } from '../../parts/virtual-table.tsx'
import { wholeNumber } from '../../parts/words.ts'
import styles from './exceptions.module.css'
import { StateBadge } from './state-badge.tsx'
import { coverText, isExpiring } from './words.ts'

/** The last day; how near it is, where it is near. */
export function Expiry({ exception }: { readonly exception: Pick<Exception, 'state' | 'expires'> }) {
  const now = useNow()
  const end = `${exception.expires}T23:59:59Z`
  return (
    <span title={exception.expires}>
      {dayOf(`${exception.expires}T12:00:00Z`)}
      {isExpiring(exception, now) && <b className={styles.soon}> {relativeTime(end, now)}</b>}
    </span>
  )
}

/** How many findings it covers; one that does not hold covers none, which is no number. */
const Covered = ({ exception: { state, covered, fault } }: { readonly exception: Exception }) =>
  state !== 'approved' ? (
    <span className={styles.faint}>–</span>
  ) : fault !== null ? (
    <span className={styles.bad} title={fault}>
      not readable
    </span>
  ) : (
    wholeNumber(covered)
  )

export const columns: readonly Column<Exception>[] = [
  {
    id: 'state',
    title: 'State',
    width: '106px',
    cell: exception => <StateBadge exception={exception} />,
  },
  {
    id: 'scope',
    title: 'Scope',
    width: 'minmax(260px, 3fr)',
    cell: exception => (
      <span title={`${coverText(exception)} (${exception.id})`}>{coverText(exception)}</span>
    ),
  },
  {
    id: 'reason',
    title: 'Reason',
    width: 'minmax(130px, 1fr)',
    cell: ({ reason, comment }) => <span title={comment || undefined}>{reasonWords[reason]}</span>,
  },
  {
    id: 'owner',
    title: 'Owner',
    width: 'minmax(110px, 1fr)',
    cell: ({ owner }) => <span title={owner}>{owner}</span>,
  },
  {
    id: 'requested',
    title: 'Requested',
    width: 'minmax(150px, 1fr)',
    cell: ({ requestedBy, requestedAt }) => (
      <>
        {requestedBy}{' '}
        <span className={styles.faint}>
          <Time at={requestedAt} />
        </span>
      </>
    ),
  },
  {
    id: 'covered',
    title: 'Covers',
    width: '90px',
    align: 'right',
    cell: exception => <Covered exception={exception} />,
  },
  {
    id: 'expires',
    title: 'Last day',
    width: '150px',
    align: 'right',
    cell: exception => <Expiry exception={exception} />,
  },
]
