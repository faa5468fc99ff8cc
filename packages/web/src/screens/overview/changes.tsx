// Changes: what came, went and came back since.

import type { Overview } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { Panel } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { exactTime } from '../../parts/time.tsx'
import { wholeNumber } from '../../parts/words.ts'
import styles from './overview.module.css'

export function ChangesPanel({ overview: { changes, since } }: { readonly overview: Overview }) {
  const at = JSON.stringify(since)
  const lines: readonly (readonly [name: string, count: number, says: string, q: string])[] = [
    ['New', changes.opened, 'failed for the first time', `first-seen >= ${at} AND outcome : fail`],
    ['Reopened', changes.reopened, 'came back', `reopened > 0 AND opened >= ${at}`],
    ['Fixed', changes.fixed, 'pass now', `resolution : fixed AND resolved >= ${at}`],
    [
      'Removed',
      changes.removed,
      'their resource is gone',
      `resolution : ("resource removed" OR "cluster removed") AND resolved >= ${at}`,
    ],
    [
      'No longer judged',
      changes.noLongerJudged,
      'the rule does not apply any more',
      `resolution : "no longer judged" AND resolved >= ${at}`,
    ],
  ]
  return (
    <Panel
      title="What changed"
      className={styles.third}
      aside={<span title={exactTime(since)}>since {exactTime(since).split(',')[0]}</span>}
    >
      <table className={plain.table}>
        <tbody>
          {lines.map(([name, count, says, q]) => (
            <tr key={name}>
              <td>
                <Link to="/findings" search={{ q: q }}>
                  {name}
                </Link>
              </td>
              <td className={plain.fine}>{says}</td>
              <td className={plain.number}>
                <strong>{wholeNumber(count)}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
