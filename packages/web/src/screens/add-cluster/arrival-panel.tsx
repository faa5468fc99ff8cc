// Arrival panel: waits for an agent: what was heard of it so far, in a sentence, and the cluster once its first snapshot is here.

import type { Enrolment } from '@plimsoll/core/contract/client'
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconClock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { thing } from '../../data/read.ts'
import { Panel } from '../../parts/panel.tsx'
import { Time } from '../../parts/time.tsx'
import styles from './add-cluster.module.css'

type State = Enrolment['state']

const looks: Readonly<Record<State, { readonly word: string; readonly icon: typeof IconCheck }>> = {
  waiting: { word: 'Waiting', icon: IconCircleDashed },
  connected: { word: 'Connected', icon: IconCheck },
  partial: { word: 'Partial', icon: IconCircleDashed },
  stale: { word: 'Stale', icon: IconClock },
  expired: { word: 'Expired', icon: IconAlertTriangle },
  revoked: { word: 'Revoked', icon: IconAlertTriangle },
}

/** Milliseconds between looks at what may still come. */
const lookEvery = 3000

export const useEnrolment = (id: string) =>
  useQuery({
    ...thing('getEnrolment', id),
    refetchInterval: ({ state }) => (state.data?.state === 'revoked' ? false : lookEvery),
  })

/** The cluster that an enrolment was bound to; there is none before its first snapshot was taken in. */
function useArrived(clusterId: string | null) {
  const { data } = useQuery({
    ...thing('getCluster', clusterId ?? ''),
    enabled: clusterId !== null,
    retry: false,
    refetchInterval: ({ state }) => (state.data?.seenAt ? false : lookEvery),
  })
  return data?.seenAt ? data : undefined
}

export function ArrivalPanel({ enrolment }: { readonly enrolment: Enrolment }) {
  const { state, gaps, clusterId } = enrolment
  const cluster = useArrived(clusterId)
  const { word, icon: Icon } = looks[state]
  return (
    <Panel title="Arrival" aside="looked at every few seconds">
      <div role="status">
        <p className={styles.state} data-arrival={state}>
          <Icon size={18} stroke={2} aria-hidden="true" />
          <strong>{word}</strong>
        </p>
        <p>{sentenceOf(enrolment, cluster !== undefined)}</p>
        {cluster && (
          <p>
            <Link to="/clusters/$cluster" params={{ cluster: cluster.id }}>
              Open {cluster.name}
            </Link>
          </p>
        )}
      </div>
      {gaps.length > 0 && (
        <ul className={styles.gaps} aria-label="What could not be read">
          {[...new Set(gaps)].map(gap => (
            <li key={gap}>{gap}</li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function sentenceOf(
  { state, expiresAt, lastContactAt, clusterId }: Enrolment,
  hasArrived: boolean,
): ReactNode {
  const arrival = hasArrived ? 'The first snapshot is here.' : 'The first snapshot is still on its way.'
  switch (state) {
    case 'waiting':
      return (
        <>
          Nothing was heard of the agent yet. Its token may be used for the first time until{' '}
          <Time at={expiresAt} isExact />.
        </>
      )
    case 'connected':
      return `The agent is connected. ${arrival}`
    case 'partial':
      return `The agent is connected, and could not read all: what it could not read is not evaluated. ${arrival}`
    case 'stale':
      return (
        <>
          The agent was heard of last {lastContactAt ? <Time at={lastContactAt} /> : 'long ago'}. See whether
          its pod runs, and whether it reaches this server.{clusterId !== null && ` ${arrival}`}
        </>
      )
    case 'expired':
      return 'The token ran out before an agent used it. Ask for a new one: the enrolment stays what it is, and the old token stays dead.'
    case 'revoked':
      return 'The right of this agent was ended: nothing that it sends is taken.'
  }
}
