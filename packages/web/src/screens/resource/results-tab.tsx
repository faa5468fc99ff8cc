// Results tab: what each control came to on the resource, under every standard that its cluster is judged by.

import type { WholeResource } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type Outcome, OutcomeBadge } from '../../parts/badges.tsx'
import { OutcomeChoice } from '../../parts/outcome-counts.tsx'
import { Panel } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { Empty } from '../../parts/states.tsx'
import { editionName } from '../../parts/words.ts'
import styles from './resource.module.css'

const order: readonly Outcome[] = [
  'fail',
  'error',
  'not-evaluated',
  'excepted',
  'pass',
  'not-applicable',
  'none',
]

export function ResultsTab({ resource: { controls } }: { readonly resource: WholeResource }) {
  const [verdict, setVerdict] = useState<Outcome | undefined>()
  if (!controls) return <Empty title="Not kept for that instant" />
  if (controls.length === 0) return <Empty title="No standard speaks of this resource" />
  const editions = new Map<string, (typeof controls)[number][]>()
  for (const one of controls) {
    const id = `${one.benchmark}@${one.edition}`
    editions.set(id, [...(editions.get(id) ?? []), one])
  }
  return (
    <div className={styles.lines}>
      <OutcomeChoice
        label="Controls by verdict"
        choices={order.flatMap(outcome => {
          const count = controls.filter(one => one.verdict === outcome).length
          return count > 0 ? [{ outcome, count }] : []
        })}
        chosen={verdict}
        onChoose={setVerdict}
      />
      <div className={styles.standards}>
        {[...editions].map(([id, all]) => {
          const [first] = all
          const shown = all
            .filter(one => verdict === undefined || one.verdict === verdict)
            .toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
          if (!first || shown.length === 0) return null
          const { benchmark, edition } = first
          return (
            <Panel
              key={id}
              title={editionName(first)}
              aside={`${all.filter(one => one.verdict === 'fail').length} of ${all.length} fail`}
            >
              <table className={plain.table}>
                <tbody>
                  {shown.map(one => (
                    <tr key={one.control}>
                      <td>
                        <Link
                          to="/compliance/$benchmark/$edition"
                          params={{ benchmark, edition }}
                          search={{ control: one.control }}
                        >
                          {one.control}
                        </Link>
                      </td>
                      <td>{one.title !== one.control && one.title}</td>
                      <td className={plain.number}>
                        <OutcomeBadge outcome={one.verdict} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Panel>
          )
        })}
      </div>
    </div>
  )
}
