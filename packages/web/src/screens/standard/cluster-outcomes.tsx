// Cluster outcomes: what a control came to in each cluster, what needs most attention first.

import type { WholeControl } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { OutcomeBadge } from '../../parts/badges.tsx'
import { controlOutcomes } from '../../parts/outcomes.ts'
import plain from '../../parts/plain-table.module.css'
import { Empty } from '../../parts/states.tsx'
import { counted, wholeNumber } from '../../parts/words.ts'

type Clusters = WholeControl['clusters']

/** Rows shown before one asks for all. */
const few = 10

interface ClusterOutcomesProps {
  readonly clusters: Clusters
  /** Said above already; not told again for each cluster. */
  readonly known: string | null
}

export function ClusterOutcomes({ clusters, known }: ClusterOutcomesProps) {
  const [isAll, setAll] = useState(false)
  const ordered = clusters.toSorted(
    (a, b) =>
      controlOutcomes.indexOf(a.outcome) - controlOutcomes.indexOf(b.outcome) ||
      b.failed - a.failed ||
      a.name.localeCompare(b.name),
  )
  if (clusters.length === 0) return <Empty title="No cluster is judged by it" />
  return (
    <>
      <table className={plain.table}>
        <thead>
          <tr>
            <th scope="col">Cluster</th>
            <th scope="col">Outcome</th>
            <th scope="col" className={plain.number}>
              Failed
            </th>
            <th scope="col" className={plain.number}>
              Passed
            </th>
            <th scope="col" className={plain.number}>
              Unknown
            </th>
          </tr>
        </thead>
        <tbody>
          {ordered.slice(0, isAll ? undefined : few).map(({ id, name, outcome, reason, ...counts }) => (
            <tr key={id}>
              <td>
                <Link to="/clusters/$cluster" params={{ cluster: id }} search={{}}>
                  {name}
                </Link>
              </td>
              <td title={reason ?? undefined}>
                <OutcomeBadge outcome={outcome} {...(counts.attested && { detail: 'attested' })} />
                {reason && reason !== known && <div className={plain.fine}>{reason}</div>}
              </td>
              <td className={plain.number}>{wholeNumber(counts.failed)}</td>
              <td className={plain.number}>{wholeNumber(counts.passed)}</td>
              <td className={plain.number}>{wholeNumber(counts.notEvaluated)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {ordered.length > few && !isAll && (
        <button type="button" className={plain.link} onClick={() => setAll(true)}>
          Show all {counted(ordered.length, 'cluster')}
        </button>
      )}
    </>
  )
}
