// Results: the findings of a control, each with its resource and the way to its remediation.

import { Button, SegmentedControl } from '@mantine/core'
import type { Finding, WholeControl } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { atPart } from '../../data/as-of.ts'
import { useList } from '../../data/read.ts'
import { allOfQueries, readScope, type ScopeText, scopePart } from '../../data/scope.ts'
import { present } from '../../data/search-params.ts'
import { OutcomeBadge, SeverityBadge } from '../../parts/badges.tsx'
import plain from '../../parts/plain-table.module.css'
import { Empty, Failure, Loading } from '../../parts/states.tsx'
import { counted } from '../../parts/words.ts'
import { type ResultState, resultStates } from './search.ts'
import styles from './standard.module.css'

const terms: Readonly<Record<ResultState, string>> = {
  failing: 'state : open AND outcome : fail',
  'not-evaluated': 'state : open AND outcome : (not-evaluated or error)',
  excepted: 'state : excepted',
  all: '',
}
const names: Readonly<Record<ResultState, string>> = {
  failing: 'Failing',
  'not-evaluated': 'Not evaluated',
  excepted: 'Excepted',
  all: 'All, with past',
}

interface ResultsProps {
  readonly control: WholeControl
  readonly at: string | undefined
  readonly scope: string | undefined
  readonly chosen: ResultState
  readonly onChoose: (state: ResultState) => void
  readonly onRemedy: (finding: string) => void
}

export function Results({ control, at, scope, chosen, onChoose, onRemedy }: ResultsProps) {
  const q = allOfQueries(control.query, terms[chosen])
  const list = useList('listFindings', {
    q,
    limit: 50,
    ...scopePart(readScope(scope as ScopeText | undefined)),
    ...atPart(at),
  })
  return (
    <div className={plain.lines}>
      <div className={plain.row}>
        <SegmentedControl
          size="xs"
          aria-label="Results shown"
          data={resultStates.map(value => ({ value, label: names[value] }))}
          value={chosen}
          onChange={value => onChoose(resultStates.find(one => one === value) ?? 'failing')}
        />
        <Link to="/findings" search={{ q, ...atPart(at) }}>
          Open in Findings
        </Link>
      </div>
      {list.isLoading && !list.failure && <Loading rows={5} />}
      {list.failure && <Failure error={list.failure} retry={list.retry} />}
      {!list.isLoading && !list.failure && list.items.length === 0 && (
        <Empty title={chosen === 'failing' ? 'No resource fails' : 'Nothing of this kind'}>
          {control.passed > 0
            ? `${counted(control.passed, 'resource')} passed.`
            : 'No resource passed either: nothing was judged here.'}
        </Empty>
      )}
      {list.items.length > 0 && (
        <table className={`${plain.table} ${styles.results}`}>
          <thead>
            <tr>
              <th scope="col">Resource</th>
              <th scope="col">Severity</th>
              <th scope="col">
                <span className={styles.hidden}>Action</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {list.items.map(finding => (
              <Result
                key={`${finding.cluster.id}/${finding.id}`}
                finding={finding}
                isOfMany={control.rules.length > 1}
                at={at}
                onRemedy={onRemedy}
              />
            ))}
          </tbody>
        </table>
      )}
      {list.hasMore && (
        <Button variant="default" size="compact-sm" loading={list.isLoadingMore} onClick={list.loadMore}>
          Show more
        </Button>
      )}
    </div>
  )
}

function Result({
  finding,
  isOfMany,
  at,
  onRemedy,
}: {
  readonly finding: Finding
  /** True where several rules answer the control, so that it is told which one this is of. */
  readonly isOfMany: boolean
  readonly at: string | undefined
  readonly onRemedy: ResultsProps['onRemedy']
}) {
  const { id, cluster, resource, rule, severity, state, outcome, discriminator } = finding
  return (
    <tr>
      <td>
        <Link
          to="/inventory/$cluster/$key"
          params={{ cluster: cluster.id, key: resource.key }}
          search={present({ at })}
        >
          {resource.name}
        </Link>
        {discriminator && discriminator !== resource.name && (
          <span className={plain.fine}> {discriminator}</span>
        )}
        <span className={styles.place}>
          {resource.kind} · {resource.namespace && `${resource.namespace} · `}
          {cluster.name}
        </span>
        {isOfMany && <span className={styles.place}>{rule.title}</span>}
      </td>
      <td>
        <SeverityBadge severity={severity} />
        {(state !== 'open' || outcome !== 'fail') && (
          <span className={styles.place}>
            {state === 'resolved' ? (
              'Resolved'
            ) : (
              <OutcomeBadge outcome={state === 'excepted' ? 'excepted' : outcome} />
            )}
          </span>
        )}
      </td>
      <td className={plain.number}>
        <button type="button" className={plain.link} onClick={() => onRemedy(`${cluster.id}/${id}`)}>
          View remediation
          <span className={styles.hidden}>
            {' '}
            of {resource.name} in {cluster.name}
          </span>
        </button>
      </td>
    </tr>
  )
}
