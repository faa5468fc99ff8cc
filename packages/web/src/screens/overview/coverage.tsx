// Coverage: what is not known, and why: gaps by reason, and collectors that fell silent.

import type { Overview } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { Bar } from '../../parts/bars.tsx'
import { Panel } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { Time } from '../../parts/time.tsx'
import { counted, gapWords, wholeNumber } from '../../parts/words.ts'
import styles from './overview.module.css'

export function CoveragePanel({ overview: { coverage, counts } }: { readonly overview: Overview }) {
  const most = Math.max(1, ...coverage.gaps.map(({ count }) => count))
  return (
    <Panel
      title="Coverage"
      className={styles.third}
      aside={`${counted(counts.notEvaluated, 'finding')} not evaluated`}
    >
      <div id="coverage">
        {coverage.gaps.length === 0 && coverage.stale.length === 0 && (
          <p className={plain.fine}>All that was asked for could be read, and every collector reports.</p>
        )}
        {coverage.gaps.length > 0 && (
          <table className={plain.table}>
            <thead>
              <tr>
                <th scope="col">Could not be read</th>
                <th scope="col">
                  <span className={plain.fine}>share</span>
                </th>
                <th scope="col" className={plain.number}>
                  Gaps
                </th>
              </tr>
            </thead>
            <tbody>
              {coverage.gaps.map(({ reason, count }) => (
                <tr key={reason}>
                  <td>{gapWords[reason] ?? reason}</td>
                  <td style={{ width: '40%' }}>
                    <Bar value={count} most={most} label={counted(count, 'gap')} />
                  </td>
                  <td className={plain.number}>{wholeNumber(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {coverage.stale.length > 0 && (
          <table className={plain.table} style={{ marginTop: 12 }}>
            <thead>
              <tr>
                <th scope="col">Stale collectors</th>
                <th scope="col">Scope</th>
                <th scope="col" className={plain.number}>
                  Silent since
                </th>
              </tr>
            </thead>
            <tbody>
              {coverage.stale.map(({ id, name, scope, since }) => (
                <tr key={`${id} ${scope}`}>
                  <td>
                    <Link to="/clusters/$cluster" params={{ cluster: id }}>
                      {name}
                    </Link>
                  </td>
                  <td className={plain.fine}>{scope}</td>
                  <td className={plain.number}>
                    <Time at={since} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Panel>
  )
}
