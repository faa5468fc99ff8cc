// Screen risks: what one standard finds wrong now, a resource a line: which requirement, where, what to do, and whether it is accepted.

import { SegmentedControl, Select } from '@mantine/core'
import type { Finding } from '@plimsoll/core/contract/client'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useCount, useList } from '../../data/read.ts'
import { allOfQueries, readScope, type ScopePart, type ScopeText, scopePart } from '../../data/scope.ts'
import { useMay } from '../../data/session.ts'
import { PageHead } from '../../parts/panel.tsx'
import { QueryBar } from '../../parts/query-bar.tsx'
import { ScoreNumber } from '../../parts/score.tsx'
import { Empty, Failure, Loading, Partial } from '../../parts/states.tsx'
import { VirtualTable } from '../../parts/virtual-table.tsx'
import { counted, editionName } from '../../parts/words.ts'
import { type Action, ActionDialogs } from './action-dialogs.tsx'
import { riskColumns } from './columns.tsx'
import { RiskFlyout } from './risk-flyout.tsx'
import styles from './risks.module.css'
import type { RisksSearch } from './search.ts'
import { useStandardFacts } from './standard-facts.ts'

const keyOf = ({ cluster, id }: Finding) => `${cluster.id}/${id}`

export function RisksScreen() {
  const search = useSearch({ from: '/shell/risks' })
  const navigate = useNavigate({ from: '/risks' })
  const standards = useCount('listStandards', scopePart(readScope(search.scope)))
  const items = standards.data?.items ?? []
  const wanted = items.find(({ benchmark, edition }) => `${benchmark}@${edition}` === search.standard)
  const standard = wanted ?? items.toSorted((one, other) => other.clusters - one.clusters)[0]
  const change = (next: RisksSearch, replace = false) =>
    void navigate({ search: before => ({ ...before, ...next }), replace })
  return (
    <div className={styles.screen} data-flyout={search.risk !== undefined || undefined}>
      <PageHead
        title="Detected risks"
        beside={
          standard && (
            <>
              {standard.score.value !== null && 'score '}
              <ScoreNumber score={standard.score} /> over {counted(standard.clusters, 'cluster')}
            </>
          )
        }
      >
        <Select
          aria-label="Standard"
          w={270}
          data={items.map(one => ({ value: `${one.benchmark}@${one.edition}`, label: editionName(one) }))}
          value={standard ? `${standard.benchmark}@${standard.edition}` : null}
          placeholder="Standard"
          allowDeselect={false}
          searchable
          onChange={value => change({ standard: value ?? undefined, control: undefined, risk: undefined })}
        />
      </PageHead>
      {standards.error && !standards.data ? (
        <Failure error={standards.error} retry={() => void standards.refetch()} />
      ) : standard ? (
        <Risks
          key={`${standard.benchmark}@${standard.edition}`}
          benchmark={standard.benchmark}
          edition={standard.edition}
          search={search}
          change={change}
        />
      ) : standards.isPending ? (
        <Loading rows={14} />
      ) : (
        <Empty title="No standard yet" action={<Link to="/clusters">See the clusters</Link>}>
          Risks stand here once a cluster was judged by a standard.
        </Empty>
      )}
    </div>
  )
}

interface RisksProps {
  readonly benchmark: string
  readonly edition: string
  readonly search: RisksSearch & { readonly scope?: ScopeText | undefined }
  readonly change: (next: RisksSearch, replace?: boolean) => void
}

function Risks({ benchmark, edition, search, change }: RisksProps) {
  const facts = useStandardFacts(benchmark, edition)
  const scope = readScope(search.scope)
  const whole = useCount('getStandard', benchmark, edition, scopePart(scope))
  const failing = (whole.data?.sections ?? [])
    .flatMap(({ controls }) => controls)
    .filter(({ failed, excepted }) => failed + excepted > 0)
  const unknown = whole.data?.controls['not-evaluated'] ?? 0
  const asked = {
    q: allOfQueries(
      search.state === 'excepted' ? 'state : excepted' : 'state : open AND outcome : fail',
      search.control === undefined
        ? `rule.benchmark : ${JSON.stringify(`${benchmark}@${edition}`)}`
        : `control : ${JSON.stringify(`${benchmark}@${edition}/${search.control}`)}`,
      `cluster.benchmark : ${JSON.stringify(`${benchmark}@${edition}`)}`,
      search.q,
    ),
    ...scopePart(scope),
  }
  return (
    <>
      <div className={styles.asking}>
        <SegmentedControl
          aria-label="State"
          data={[
            { value: 'open', label: 'Open' },
            { value: 'excepted', label: 'Suppressed' },
          ]}
          value={search.state ?? 'open'}
          onChange={value => change({ state: value === 'excepted' ? value : undefined, risk: undefined })}
        />
        <Select
          className={styles.control}
          aria-label="Control"
          placeholder="All controls"
          clearable
          searchable
          data={failing.map(({ id, title, failed }) => ({ value: id, label: `${id} ${title} (${failed})` }))}
          value={search.control ?? null}
          onChange={value => change({ control: value ?? undefined, risk: undefined })}
        />
        <QueryBar
          list="findings"
          value={search.q ?? ''}
          placeholder="severity >= high AND namespace : payments"
          onAsk={q => change({ q: q || undefined, risk: undefined })}
        />
      </div>
      {unknown > 0 && (
        <Partial>
          {counted(unknown, 'control')} of {editionName({ benchmark, edition })} could not be evaluated
          everywhere; what they would find is not in this list, and is no pass.
        </Partial>
      )}
      <div className={styles.list}>
        {facts.failure && !facts.isReady ? (
          <Failure error={facts.failure} />
        ) : facts.isReady ? (
          <RiskTable
            asked={asked}
            facts={facts}
            search={search}
            change={change}
            edition={{ benchmark, edition }}
          />
        ) : (
          <Loading rows={14} />
        )}
      </div>
    </>
  )
}

interface RiskTableProps {
  readonly asked: ScopePart & { readonly q: string }
  readonly facts: ReturnType<typeof useStandardFacts>
  readonly search: RisksSearch
  readonly change: (next: RisksSearch, replace?: boolean) => void
  readonly edition: { readonly benchmark: string; readonly edition: string }
}

function RiskTable({ asked, facts, search, change, edition }: RiskTableProps) {
  const { sort = 'severity', order = 'desc', risk } = search
  const list = useList('listFindings', { ...asked, sort, order, limit: 100 })
  const total = useCount('countFindings', asked)
  const isEditor = useMay('editor')
  const [action, setAction] = useState<Action>()
  const columns = riskColumns({
    controlsOf: facts.controlsOf,
    ...(isEditor && { onAct: setAction }),
    onControl: finding => change({ risk: keyOf(finding) }, risk !== undefined),
  })
  return (
    <>
      <VirtualTable
        label="Detected risks"
        list={list}
        columns={columns}
        keyOf={keyOf}
        openKey={risk}
        onOpen={finding => change({ risk: keyOf(finding) }, risk !== undefined)}
        sort={{ by: sort, order }}
        onSort={by =>
          change(
            {
              sort: (['severity', 'resource', 'rule', 'cluster'] as const).find(one => one === by),
              order: by === sort && order === 'desc' ? 'asc' : 'desc',
            },
            true,
          )
        }
        total={total.data?.findings}
        empty={
          <Empty title={search.state === 'excepted' ? 'Nothing is suppressed' : 'No risk is detected'}>
            {search.q || search.control
              ? 'Nothing matches what is asked for; ask for less.'
              : 'Of what was evaluated, nothing is so. What was not evaluated is said under Compliance.'}
          </Empty>
        }
      />
      {risk !== undefined && (
        <RiskFlyout
          key={risk}
          risk={risk}
          edition={edition}
          controlsOf={facts.controlsOf}
          close={() => change({ risk: undefined })}
          {...(isEditor && { onAct: setAction })}
        />
      )}
      <ActionDialogs action={action} close={() => setAction(undefined)} />
    </>
  )
}
