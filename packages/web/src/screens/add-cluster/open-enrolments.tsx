// Open enrolments: those whose agent was not heard of yet, to go on with.

import { Link } from '@tanstack/react-router'
import { useThing } from '../../data/read.ts'
import { Panel } from '../../parts/panel.tsx'
import { Time } from '../../parts/time.tsx'
import { counted } from '../../parts/words.ts'
import styles from './add-cluster.module.css'

export function OpenEnrolments() {
  const { data } = useThing('listEnrolments')
  const open = (data?.items ?? []).filter(({ state }) => state === 'waiting')
  if (open.length === 0) return null
  return (
    <Panel title="Waiting for their agent" aside={counted(open.length, 'enrolment')}>
      <ul className={styles.open}>
        {open.map(({ id, name, createdBy, createdAt }) => (
          <li key={id}>
            <Link to="/add-cluster" search={before => ({ ...before, enrolment: id })}>
              {name}
            </Link>{' '}
            <span className={styles.fine}>
              by {createdBy}, <Time at={createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
