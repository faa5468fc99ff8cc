// Sections: what failed by section of the standard, most failures first.

import type { Overview } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { PassFailBar } from '../../parts/bars.tsx'
import { Panel } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { ScoreNumber, scoreSentence } from '../../parts/score.tsx'
import { Empty } from '../../parts/states.tsx'
import { editionName, wholeNumber } from '../../parts/words.ts'
import styles from './overview.module.css'

const most = 10

export function SectionsPanel({ overview: { sections, edition } }: { readonly overview: Overview }) {
  const ordered = sections.toSorted((a, b) => b.failed - a.failed)
  return (
    <Panel
      title="Failed by section"
      className={styles.half}
      aside={
        edition && (
          <Link to="/compliance/$benchmark/$edition" params={edition}>
            {editionName(edition)}
          </Link>
        )
      }
    >
      {edition && ordered.length > 0 ? (
        <table className={plain.table}>
          <thead>
            <tr>
              <th scope="col">Section</th>
              <th scope="col">Failed and passed</th>
              <th scope="col" className={plain.number}>
                Failed
              </th>
              <th scope="col" className={plain.number}>
                Passed
              </th>
              <th scope="col" className={plain.number}>
                Score
              </th>
            </tr>
          </thead>
          <tbody>
            {ordered.slice(0, most).map(section => (
              <tr key={section.id}>
                <td className={`${plain.cut} ${styles.cut}`} title={section.title}>
                  <Link
                    to="/compliance/$benchmark/$edition"
                    params={edition}
                    search={{ section: section.id }}
                  >
                    {section.title}
                  </Link>
                </td>
                <td>
                  <PassFailBar passed={section.passed} failed={section.failed} />
                </td>
                <td className={plain.number}>{wholeNumber(section.failed)}</td>
                <td className={plain.number}>{wholeNumber(section.passed)}</td>
                <td className={plain.number} title={scoreSentence(section)}>
                  <ScoreNumber score={section} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <Empty title="No section was judged yet" />
      )}
    </Panel>
  )
}
