// Columns of activity: when, who, what, on what, and the detail in a line.

import type { AuditEntry } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { Time } from '../../parts/time.tsx'
import type { Column } from '../../parts/virtual-table.tsx'
import styles from './activity.module.css'
import { actionWord, detailText } from './words.ts'

/** What was acted on; a link where there is a screen of it. */
export function Target({ entry: { target } }: { readonly entry: AuditEntry }) {
  const { type, id } = target
  const name = <code>{id}</code>
  return (
    <span title={`${type} ${id}`}>
      <span className={styles.faint}>{type}</span>{' '}
      {type === 'cluster' ? (
        <Link to="/clusters/$cluster" params={{ cluster: id }}>
          {name}
        </Link>
      ) : type === 'exception' ? (
        <Link to="/exceptions" search={{ exception: id }}>
          {name}
        </Link>
      ) : (
        name
      )}
    </span>
  )
}

/** `onActor` narrows the log to what somebody did. */
export const columnsOf = (onActor: (id: string) => void): readonly Column<AuditEntry>[] => [
  { id: 'at', title: 'When', width: '104px', cell: ({ at }) => <Time at={at} /> },
  {
    id: 'actor',
    title: 'Who',
    width: 'minmax(150px, 1fr)',
    cell: ({ actor: { id, name, type } }) => (
      <>
        <button
          type="button"
          className={styles.link}
          title={`Only what ${name || id} did`}
          onClick={() => onActor(id)}
        >
          {name || id}
        </button>
        {type !== 'person' && <span className={styles.faint}> {type}</span>}
      </>
    ),
  },
  {
    id: 'action',
    title: 'What',
    width: 'minmax(160px, 1fr)',
    cell: ({ action }) => <span title={action}>{actionWord(action)}</span>,
  },
  {
    id: 'target',
    title: 'On what',
    width: 'minmax(200px, 1.5fr)',
    cell: entry => <Target entry={entry} />,
  },
  {
    id: 'detail',
    title: 'Detail',
    width: 'minmax(220px, 3fr)',
    cell: ({ detail }) => {
      const text = detailText(detail)
      return text === '' ? <span className={styles.faint}>–</span> : <span title={text}>{text}</span>
    },
  },
]
