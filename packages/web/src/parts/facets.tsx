// Facets: the values of fields with their counts; choosing one narrows the query.

import styles from './facets.module.css'
import { shortNumber, wholeNumber } from './words.ts'

export interface FacetValue {
  readonly value: string | null
  readonly label: string
  readonly count: number
}

export interface Facet {
  readonly field: string
  readonly title: string
  readonly values: readonly FacetValue[]
}

interface FacetsProps {
  readonly facets: readonly Facet[]
  readonly isChosen: (field: string, value: string | null) => boolean
  readonly onChoose: (field: string, value: string | null) => void
}

export const Facets = ({ facets, isChosen, onChoose }: FacetsProps) => (
  <div className={styles.facets}>
    {facets.map(({ field, title, values }) => (
      <section key={field} aria-label={title}>
        <h2>{title}</h2>
        {values.map(({ value, label, count }) => (
          <button
            key={value ?? ''}
            type="button"
            aria-pressed={isChosen(field, value)}
            onClick={() => onChoose(field, value)}
            title={`${label}: ${wholeNumber(count)}`}
          >
            <span>{label === '' ? 'none' : label}</span>
            <b>{shortNumber(count)}</b>
          </button>
        ))}
      </section>
    ))}
  </div>
)
