// Screen resource: one resource: what it fails, its object, its results under every standard, what stands around it, and its past.

import { Tabs } from '@mantine/core'
import type { WholeResource } from '@plimsoll/core/contract/client'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { atPart, instantOf } from '../../data/as-of.ts'
import { useList, useThing } from '../../data/read.ts'
import { present } from '../../data/search-params.ts'
import { OutcomeBadge } from '../../parts/badges.tsx'
import { PageHead } from '../../parts/panel.tsx'
import { Partial, Read } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { counted, wholeNumber } from '../../parts/words.ts'
import { FindingPanel } from './finding-panel.tsx'
import { HistoryTab } from './history-tab.tsx'
import { ObjectTab } from './object-tab.tsx'
import { RelationsTab } from './relations-tab.tsx'
import styles from './resource.module.css'
import { ResultsTab } from './results-tab.tsx'
import { type ResourceTab, resourceTabs } from './search.ts'
import { SummaryTab } from './summary-tab.tsx'

const tabWords: Readonly<Record<ResourceTab, string>> = {
  summary: 'Summary',
  object: 'Object',
  results: 'Results',
  relations: 'Relations',
  history: 'History',
}

export function ResourceScreen() {
  const { cluster, key } = useParams({ from: '/shell/inventory/$cluster/$key' })
  const { at } = useSearch({ from: '/shell/inventory/$cluster/$key' })
  const whole = useThing('getResource', cluster, key, atPart(at))
  return (
    <>
      {!whole.data && <PageHead title="Resource" />}
      <Read query={whole}>{data => <Resource key={`${cluster} ${key}`} resource={data} />}</Read>
    </>
  )
}

function Resource({ resource }: { readonly resource: WholeResource }) {
  const { tab = 'summary', finding, at } = useSearch({ from: '/shell/inventory/$cluster/$key' })
  const navigate = useNavigate({ from: '/inventory/$cluster/$key' })
  const findings = useList('listFindings', {
    q: `state : open AND resource : ${JSON.stringify(resource.key)} AND cluster : ${JSON.stringify(resource.cluster.id)}`,
    limit: 200,
    ...atPart(at),
  })
  const past = instantOf(at)
  const show = (id: string | undefined) => void navigate({ search: before => ({ ...before, finding: id }) })
  const { kind, namespace, name, cluster, failed, passed, notEvaluated, goneAt } = resource
  return (
    <>
      <PageHead
        title={name}
        beside={
          <>
            {kind} · {namespace && `${namespace} · `}
            <Link
              className={styles.cluster ?? ''}
              to="/clusters/$cluster"
              params={{ cluster: cluster.id }}
              search={{}}
            >
              {cluster.name}
            </Link>{' '}
            <OutcomeBadge
              outcome={failed > 0 ? 'fail' : notEvaluated !== 0 ? 'not-evaluated' : passed ? 'pass' : 'none'}
              {...(failed > 0 && { detail: wholeNumber(failed) })}
            />
          </>
        }
      >
        <Link to="/inventory" search={present({ at: past && new Date(past).toLocaleDateString('sv') })}>
          Inventory
        </Link>
      </PageHead>
      {past !== undefined && (
        <Partial>
          As it was <Time at={past} isExact />.{' '}
          <Link className={styles.cluster ?? ''} to="." search={before => ({ ...before, at: undefined })}>
            Back to now
          </Link>
        </Partial>
      )}
      {goneAt && (
        <Partial>
          It is gone since <Time at={goneAt} />; what stands here is what was last seen.
        </Partial>
      )}
      {notEvaluated !== null && notEvaluated > 0 && (
        <Partial>
          {counted(notEvaluated, 'rule')} could not be judged on it, which is neither a pass nor a failure.
        </Partial>
      )}
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={value =>
          void navigate({
            search: before => ({
              ...before,
              tab: resourceTabs.find(one => one === value),
              finding: undefined,
            }),
          })
        }
      >
        <Tabs.List>
          {resourceTabs.map(one => (
            <Tabs.Tab key={one} value={one}>
              {tabWords[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="summary" className={styles.tab ?? ''}>
          <SummaryTab resource={resource} findings={findings} onShow={show} />
        </Tabs.Panel>
        <Tabs.Panel value="object" className={styles.tab ?? ''}>
          <ObjectTab resource={resource} findings={findings.items} at={at} />
        </Tabs.Panel>
        <Tabs.Panel value="results" className={styles.tab ?? ''}>
          <ResultsTab resource={resource} />
        </Tabs.Panel>
        <Tabs.Panel value="relations" className={styles.tab ?? ''}>
          {past !== undefined && <Partial>Relations are not kept over time: these are those of now.</Partial>}
          <RelationsTab cluster={cluster.id} resource={resource.key} />
        </Tabs.Panel>
        <Tabs.Panel value="history" className={styles.tab ?? ''}>
          <HistoryTab resource={resource} />
        </Tabs.Panel>
      </Tabs>
      {finding && <FindingPanel cluster={cluster.id} id={finding} at={at} close={() => show(undefined)} />}
    </>
  )
}
