// Screen overview: the posture of the fleet, or a part of it, at a glance: where it stands, what moved, what to do first, what is not known.

import { Select } from '@mantine/core'
import type { Overview } from '@plimsoll/core/contract/client'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useCount } from '../../data/read.ts'
import { readScope, scopePart } from '../../data/scope.ts'
import { PageHead } from '../../parts/panel.tsx'
import { Empty, Partial, Read } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { editionName } from '../../parts/words.ts'
import { ChangesPanel } from './changes.tsx'
import { ClustersPanel } from './clusters.tsx'
import { CoveragePanel } from './coverage.tsx'
import { FailuresPanel } from './failures.tsx'
import { FixesPanel } from './fixes.tsx'
import { MovesPanel } from './moves.tsx'
import styles from './overview.module.css'
import { PosturePanel, TrendPanel } from './posture.tsx'
import { spans } from './search.ts'
import { SectionsPanel } from './sections.tsx'

const hours: Readonly<Record<(typeof spans)[number], number>> = { '24h': 24, '7d': 168, '30d': 720 }
const spanNames: Readonly<Record<(typeof spans)[number], string>> = {
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
}
const minute = 60_000

export function OverviewScreen() {
  const { scope: scopeText, edition, since = '7d' } = useSearch({ from: '/shell/' })
  const navigate = useNavigate({ from: '/' })
  const scope = readScope(scopeText)
  // To the minute at which it is opened, so that what is drawn again asks the same question.
  const [now] = useState(() => Math.floor(Date.now() / minute) * minute)
  const overview = useCount('getOverview', {
    ...(edition !== undefined && { edition }),
    ...scopePart(scope),
    since: new Date(now - hours[since] * 60 * minute).toISOString(),
  })
  const chosen = overview.data?.edition
  return (
    <>
      <PageHead title="Overview" beside={overview.data && <Time at={overview.data.at} />}>
        <Select
          aria-label="Standard"
          w={250}
          data={(overview.data?.editions ?? []).map(one => ({
            value: `${one.benchmark}@${one.edition}`,
            label: `${editionName(one)} · ${one.clusters}`,
          }))}
          value={chosen ? `${chosen.benchmark}@${chosen.edition}` : null}
          placeholder="Standard"
          allowDeselect={false}
          onChange={value =>
            void navigate({ search: before => ({ ...before, edition: value ?? undefined }) })
          }
        />
        <Select
          aria-label="Changes since"
          w={140}
          data={spans.map(span => ({ value: span, label: spanNames[span] }))}
          value={since}
          allowDeselect={false}
          onChange={value =>
            void navigate({ search: before => ({ ...before, since: spans.find(span => span === value) }) })
          }
        />
      </PageHead>
      <Read query={overview} rows={14}>
        {data =>
          data.clusters.total === 0 ? (
            <NothingYet />
          ) : (
            <Posture overview={data} isOneCluster={scope.type === 'cluster'} />
          )
        }
      </Read>
    </>
  )
}

const NothingYet = () => (
  <Empty title="No cluster reports yet" action={<Link to="/add-cluster">Add a cluster</Link>}>
    Once a collector has sent its first snapshot, the posture of its cluster stands here.
  </Empty>
)

function Posture({
  overview,
  isOneCluster,
}: {
  readonly overview: Overview
  readonly isOneCluster: boolean
}) {
  const { partial = 0, stale = 0 } = overview.clusters.byStatus
  return (
    <div className={styles.grid}>
      {partial + stale > 0 && (
        <div className={styles.wide}>
          <Partial>
            {[
              partial > 0 && `${partial} of ${overview.clusters.total} clusters could be read only in part`,
              stale > 0 && `${stale} ${stale === 1 ? 'is' : 'are'} stale`,
            ]
              .filter(Boolean)
              .join('; ')}
            . What is not known is hatched and counted in no pass. <a href="#coverage">See coverage</a>
          </Partial>
        </div>
      )}
      <PosturePanel overview={overview} />
      <TrendPanel overview={overview} />
      <FailuresPanel counts={overview.counts} />
      {!isOneCluster && <ClustersPanel overview={overview} />}
      <SectionsPanel overview={overview} />
      <MovesPanel overview={overview} />
      <ChangesPanel overview={overview} />
      <CoveragePanel overview={overview} />
      <FixesPanel roots={overview.roots} />
    </div>
  )
}
