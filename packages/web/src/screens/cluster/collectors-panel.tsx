// Collectors panel: who reads a cluster, in which version, when last, and what could not be read with what to do about it.

import type { WholeCluster } from '@plimsoll/core/contract/client'
import { Panel } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { Empty } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { counted, gapWords, wholeNumber } from '../../parts/words.ts'
import styles from './cluster.module.css'

type Collector = WholeCluster['collectors'][number]
type Gap = Collector['gaps'][number]

/** What mends a gap, by its reason. */
const advice: Readonly<Record<string, string>> = {
  forbidden: 'Grant the collector to get, list and watch it; the permissions below say what is lost without.',
  'not-served': 'The cluster’s API does not serve it. Nothing is to be done where that is meant.',
  unreachable: 'See whether what holds it runs, and whether the collector reaches it.',
  'timed-out': 'It took too long to answer. It is asked for again with the next scan.',
  truncated: 'There is more than was taken; what was left out is not evaluated.',
  unparsable: 'It could not be understood; look at it where it comes from.',
  'not-collected': 'The collector was not asked for it. Install it with the slice that holds it.',
  stale: 'The collector is silent. See whether it runs and reaches this server.',
  redacted: 'It was blotted out before it was sent; that is meant.',
}

/** As many are shown at once; the others unfold. */
const shown = 8

export const CollectorsPanel = ({ collectors }: { readonly collectors: readonly Collector[] }) => (
  <Panel title="Collectors" aside={counted(collectors.length, 'scope')}>
    {collectors.length === 0 && <Empty title="No collector has reported yet" />}
    <div className={styles.stack}>
      {collectors.map(collector => (
        <OneCollector key={collector.scope} collector={collector} />
      ))}
    </div>
  </Panel>
)

function OneCollector({
  collector: { scope, collector, collectedAt, receivedAt, resources, staleSince, gaps },
}: {
  readonly collector: Collector
}) {
  const reasons = new Map<string, Gap[]>()
  for (const gap of gaps) reasons.set(gap.reason, [...(reasons.get(gap.reason) ?? []), gap])
  return (
    <section aria-label={scope}>
      <h3>{scope}</h3>
      <dl className={plain.facts}>
        <dt>Collector</dt>
        <dd>
          {textOf(collector.name) ?? 'unknown'} {textOf(collector.version) ?? 'of unknown version'}
        </dd>
        <dt>Last read</dt>
        <dd>
          <Time at={collectedAt} />, received <Time at={receivedAt} />
        </dd>
        {resources !== null && (
          <>
            <dt>Resources</dt>
            <dd>{wholeNumber(resources)}</dd>
          </>
        )}
        {staleSince && (
          <>
            <dt>Silent since</dt>
            <dd>
              <Time at={staleSince} />. {advice.stale}
            </dd>
          </>
        )}
        <dt>Collection</dt>
        <dd>{gaps.length === 0 ? 'all that was asked for could be read' : counted(gaps.length, 'gap')}</dd>
      </dl>
      {[...reasons].map(([reason, own]) => (
        <div key={reason} className={styles.gaps}>
          <b>
            {gapWords[reason] ?? reason} · {wholeNumber(own.length)}
          </b>{' '}
          {advice[reason] && <span className={plain.fine}>{advice[reason]}</span>}
          <Gaps gaps={own.slice(0, shown)} />
          {own.length > shown && (
            <details>
              <summary>{wholeNumber(own.length - shown)} more</summary>
              <Gaps gaps={own.slice(shown)} />
            </details>
          )}
        </div>
      ))}
    </section>
  )
}

const Gaps = ({ gaps }: { readonly gaps: readonly Gap[] }) => (
  <ul>
    {gaps.map(gap => (
      <li key={JSON.stringify(gap)}>
        {gap.kind ?? 'Everything'}
        {gap.namespace && ` in ${gap.namespace}`}
        {gap.detail && `: ${gap.detail}`}
      </li>
    ))}
  </ul>
)

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
