// Evidence table: where a rule looked, what it saw there, and what it expects.

import { Fragment } from 'react'
import styles from './plain-table.module.css'
import { actualText } from './words.ts'

interface EvidenceTableProps {
  readonly evidence: readonly {
    readonly path: string
    readonly actual?: unknown
    readonly expected: string
  }[]
  /** Of the table, where its look is another. */
  readonly className?: string | undefined
}

export const EvidenceTable = ({ evidence, className = styles.table }: EvidenceTableProps) => (
  <table className={className}>
    <thead>
      <tr>
        <th scope="col">Path</th>
        <th scope="col">Actual</th>
        <th scope="col">Expected</th>
      </tr>
    </thead>
    <tbody>
      {evidence.map(({ path, actual, expected }) => (
        <tr key={`${path} ${expected}`}>
          <td>
            <code>
              {path.split(/(?=[.[])/).map((step, index, steps) => (
                // A line may end before each step.
                <Fragment key={steps.slice(0, index + 1).join('')}>
                  {index > 0 && <wbr />}
                  {step}
                </Fragment>
              ))}
            </code>
          </td>
          <td>
            <code>{actualText(actual)}</code>
          </td>
          <td>{expected}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
