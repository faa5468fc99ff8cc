// Slices: what became of the findings that a query asks for, as counts that one chooses among.

import type { FindingCounts } from '@plimsoll/core/contract/client'
import { shortNumber, wholeNumber } from '../../parts/words.ts'
import styles from './findings.module.css'
import { hasTerm, queryOf, termsOf, withoutFields } from './terms.ts'

interface Slice {
  readonly title: string
  readonly terms: readonly string[]
  readonly count: (counts: FindingCounts) => number
}

const slices: readonly Slice[] = [
  { title: 'Failed', terms: ['state : open', 'outcome : fail'], count: counts => counts.failed },
  {
    title: 'Not evaluated',
    terms: ['state : open', 'outcome : (not-evaluated or error)'],
    count: counts => counts.notEvaluated,
  },
  { title: 'Manual', terms: ['state : open', 'outcome : manual'], count: counts => counts.manual },
  { title: 'Excepted', terms: ['state : excepted'], count: counts => counts.excepted },
  { title: 'Resolved', terms: ['state : resolved'], count: counts => counts.resolved },
  { title: 'All', terms: [], count: counts => counts.findings },
]
const fields = ['state', 'outcome']

/** The query that asks for all slices. */
export const unsliced = (query: string): string => queryOf(withoutFields(query, fields))

interface SlicesProps {
  readonly query: string
  /** Of the query that asks for all slices. */
  readonly counts: FindingCounts | undefined
  readonly onChoose: (query: string) => void
}

export function Slices({ query, counts, onChoose }: SlicesProps) {
  const rest = withoutFields(query, fields)
  const own = termsOf(query).length - rest.length
  return (
    <div className={styles.slices} role="group" aria-label="What became of them">
      {slices.map(({ title, terms, count }) => {
        const isChosen = own === terms.length && terms.every(term => hasTerm(query, term))
        return (
          <button
            key={title}
            type="button"
            aria-pressed={isChosen}
            onClick={() => onChoose(queryOf([...terms, ...rest]))}
            title={counts && `${title}: ${wholeNumber(count(counts))}`}
          >
            {title} <b>{counts ? shortNumber(count(counts)) : '…'}</b>
          </button>
        )
      })}
    </div>
  )
}
