// Screen cluster: one cluster: what it fails, its standards, its collectors with what they could not read and may not, and what it is made of.

import { Button } from '@mantine/core'
import type { WholeCluster } from '@plimsoll/core/contract/client'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useChange } from '../../data/change.ts'
import { useThing } from '../../data/read.ts'
import { useMay } from '../../data/session.ts'
import { StatusBadge } from '../../parts/badges.tsx'
import { Figures, SeverityCounts, Stat } from '../../parts/bars.tsx'
import { PageHead, Panel } from '../../parts/panel.tsx'
import { ScoreLine } from '../../parts/score.tsx'
import { Empty, Failure, Read } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { counted, editionName, wholeNumber } from '../../parts/words.ts'
import styles from './cluster.module.css'
import { CollectorsPanel } from './collectors-panel.tsx'
import { ComponentsPanel } from './components-panel.tsx'
import { PermissionsPanel } from './permissions-panel.tsx'
import { Removal } from './removal.tsx'

export function ClusterScreen() {
  const { cluster } = useParams({ from: '/shell/clusters/$cluster' })
  const query = useThing('getCluster', cluster)
  const scan = useChange('askForScan', ['getCluster', 'listClusters'])
  const mayScan = useMay('editor')
  const mayRemove = useMay('admin')
  return (
    <>
      <PageHead
        title={query.data?.name ?? 'Cluster'}
        beside={query.data && <StatusBadge status={query.data.status} />}
      >
        {query.data?.scanAskedAt && (
          <span>
            Scan asked for <Time at={query.data.scanAskedAt} />
          </span>
        )}
        {mayScan && (
          <Button variant="default" loading={scan.isPending} onClick={() => scan.mutate([cluster])}>
            Scan now
          </Button>
        )}
        {mayRemove && query.data && <Removal cluster={cluster} name={query.data.name} />}
      </PageHead>
      {scan.error && <Failure error={scan.error} />}
      <Read query={query} rows={12}>
        {data => <Whole cluster={data} />}
      </Read>
    </>
  )
}

const Whole = ({ cluster }: { readonly cluster: WholeCluster }) => (
  <div className={styles.stack}>
    <Panel title="Summary">
      <Figures>
        <Stat name="Resources" value={wholeNumber(cluster.resources)} />
        <Stat
          name="Failed"
          value={
            cluster.assessedAt === null ? (
              'not judged'
            ) : (
              <Link
                to="/findings"
                search={{ scope: `cluster:${cluster.id}`, q: 'state : open AND outcome : fail' }}
              >
                {wholeNumber(cluster.failed)}
              </Link>
            )
          }
        />
        <Stat name="Not evaluated" value={wholeNumber(cluster.notEvaluated)} />
        <Stat name="Excepted" value={wholeNumber(cluster.excepted)} />
      </Figures>
      <SeverityCounts counts={cluster} />
      <dl className={styles.facts}>
        <Fact name="Provider">{cluster.provider || 'unknown'}</Fact>
        <Fact name="Account">{cluster.account || 'unknown'}</Fact>
        <Fact name="Region">{cluster.region || 'unknown'}</Fact>
        <Fact name="Version">{cluster.version || 'unknown'}</Fact>
        <Fact name="Environment">{cluster.environment || 'not said'}</Fact>
        <Fact name="Last scan">{cluster.seenAt === null ? 'never' : <Time at={cluster.seenAt} />}</Fact>
      </dl>
    </Panel>
    <Panel title="Standards" aside={counted(cluster.scores.length, 'standard')}>
      {cluster.scores.length === 0 ? (
        <Empty title="No score">It is not judged yet, or you see a part of it only.</Empty>
      ) : (
        <ul className={styles.scores}>
          {cluster.scores.map(score => (
            <li key={editionName(score)}>
              <Link
                to="/compliance/$benchmark/$edition"
                params={{ benchmark: score.benchmark, edition: score.edition }}
                search={{ scope: `cluster:${cluster.id}` }}
              >
                {editionName(score)}
              </Link>
              <ScoreLine score={score} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
    <CollectorsPanel collectors={cluster.collectors} />
    <PermissionsPanel cluster={cluster.id} />
    <ComponentsPanel cluster={cluster} />
  </div>
)

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)
