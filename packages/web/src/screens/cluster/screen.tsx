// Screen cluster: one cluster: what it fails, its standards, and what each of its collectors read and could not read.

import { Button } from '@mantine/core'
import type { WholeCluster } from '@plimsoll/core/contract/client'
import { Link, useParams } from '@tanstack/react-router'
import { useChange } from '../../data/change.ts'
import { useThing } from '../../data/read.ts'
import { useMay } from '../../data/session.ts'
import { StatusBadge } from '../../parts/badges.tsx'
import { Figures, SeverityCounts, Stat } from '../../parts/bars.tsx'
import { PageHead, Panel } from '../../parts/panel.tsx'
import { ScoreLine } from '../../parts/score.tsx'
import { Empty, Failure, Read } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { counted, editionName, gapWords, wholeNumber } from '../../parts/words.ts'
import styles from './cluster.module.css'

export function ClusterScreen() {
  const { cluster } = useParams({ from: '/shell/clusters/$cluster' })
  const query = useThing('getCluster', cluster)
  const scan = useChange('askForScan', ['getCluster', 'listClusters'])
  const mayScan = useMay('editor')
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
          value={cluster.assessedAt === null ? 'not judged' : wholeNumber(cluster.failed)}
        />
        <Stat name="Not evaluated" value={wholeNumber(cluster.notEvaluated)} />
        <Stat name="Excepted" value={wholeNumber(cluster.excepted)} />
        <Stat name="Provider" value={cluster.provider || 'unknown'} />
        <Stat name="Region" value={cluster.region || 'unknown'} />
        <Stat name="Version" value={cluster.version || 'unknown'} />
        <Stat name="Last scan" value={cluster.seenAt === null ? 'never' : <Time at={cluster.seenAt} />} />
      </Figures>
      <SeverityCounts counts={cluster} />
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
    <Panel title="Collectors" aside={counted(cluster.collectors.length, 'scope')}>
      {cluster.collectors.length === 0 && <Empty title="No collector has reported yet" />}
      {cluster.collectors.map(({ scope, collectedAt, staleSince, gaps }) => (
        <section key={scope} aria-label={scope}>
          <p>
            <b>{scope}</b> · read <Time at={collectedAt} />
            {staleSince && (
              <>
                {' '}
                · silent since <Time at={staleSince} />
              </>
            )}{' '}
            · {gaps.length === 0 ? 'all that was asked for could be read' : counted(gaps.length, 'gap')}
          </p>
          <ul>
            {gaps.map(gap => (
              <li key={JSON.stringify(gap)}>
                {gapWords[gap.reason] ?? gap.reason}
                {gap.kind && `: ${gap.kind}`}
                {gap.namespace && ` in ${gap.namespace}`}
                {gap.detail && ` (${gap.detail})`}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Panel>
  </div>
)
