// Facet list: the values of fields among the findings that are asked for; choosing one narrows the query, or widens it again.

import { useCount } from '../../data/read.ts'
import type { ScopePart } from '../../data/scope.ts'
import { severities } from '../../parts/badges.tsx'
import { Facets } from '../../parts/facets.tsx'
import { Read } from '../../parts/states.tsx'
import { hasTerm, termOf, toggleTerm } from './terms.ts'
import { fieldWords, type GroupField, valueWord } from './words.ts'

const fields = 'severity,cluster,namespace,kind,rule,triage,assignee'
/** Values shown of a field. */
const most = 8

interface FindingFacetListProps {
  readonly asked: ScopePart & {
    readonly q: string
    readonly at?: string | undefined
  }
  /** The query without the scope, which is what changes. */
  readonly query: string
  readonly onAsk: (query: string) => void
}

export function FindingFacetList({ asked, query, onAsk }: FindingFacetListProps) {
  const read = useCount('findingFacets', { ...asked, fields, limit: most })
  // The list says what failed; twice would be noise.
  if (read.error) return null
  return (
    <Read query={read} rows={18}>
      {({ facets }) => {
        const term = (field: string, value: string | null) => termOf(field, nameOf(facets, field, value))
        return (
          <Facets
            facets={facets
              .filter(({ values }) => values.length > 0)
              .map(({ field, values }) => ({
                field,
                title: fieldWords[field],
                values: ranked(field, values).map(one => ({
                  ...one,
                  label: valueWord(field, one.value, one.label),
                })),
              }))}
            isChosen={(field, value) => hasTerm(query, term(field, value))}
            onChoose={(field, value) => onAsk(toggleTerm(query, term(field, value)))}
          />
        )
      }}
    </Read>
  )
}

/** Severities stand in their own order, other values by their counts. */
const ranked = <V extends { readonly value: string | null }>(
  field: GroupField,
  values: readonly V[],
): readonly V[] =>
  field === 'severity'
    ? severities.flatMap(severity => values.filter(({ value }) => value === severity))
    : values

interface FacetOf {
  readonly field: GroupField
  readonly values: readonly { readonly value: string | null; readonly label: string }[]
}

/** A cluster is asked for by its name where no other has it: people read queries. */
function nameOf(facets: readonly FacetOf[], field: string, value: string | null): string | null {
  if (field !== 'cluster') return value
  const values = facets.find(one => one.field === 'cluster')?.values ?? []
  const label = values.find(one => one.value === value)?.label
  return label !== undefined && values.filter(one => one.label === label).length === 1 ? label : value
}
