// Count findings: findings in all, by field and in groups: from kept counts where these can answer, else counted one by one.

import type { Query } from '@plimsoll/core'
import { clusterFieldNames } from '../../store/ask-clusters.ts'
import { clusterEditions } from '../../store/cluster-editions.ts'
import {
  countAsked,
  type FacetValue,
  facetsAsked,
  fieldsOf,
  type Group,
  type GroupBy,
  type GroupField,
  groupAsked,
  type Tallies,
  type Touched,
  touchedAsked,
  untouched,
} from '../../store/finding-groups.ts'
import type { FindingsAsked } from '../../store/findings.ts'
import type { CountField } from '../../store/kept-counts.ts'
import { isWhole, type Permitted } from '../../store/permitted.ts'
import type { Client } from '../../store/schema.ts'
import type { KeptCounts } from './kept-counts.ts'
import { type RuleSections, spreadOverSections } from './rule-sections.ts'
import { type SumAsked, sumAll, sumGroups, sumValues } from './sum-counts.ts'

/** Which findings: a query, and what it was compiled to. */
export interface CountsAsked extends FindingsAsked, SumAsked {}

export interface FindingCounts {
  /** What the findings come to in all. */
  all(permitted: Permitted, which: CountsAsked): Promise<Tallies>
  /** Groups by one to three fields, those with most failures first; `limit` of them from `offset` on. By section a finding may be in several. */
  groups(
    permitted: Permitted,
    which: CountsAsked,
    by: readonly GroupBy[],
    limit: number,
    offset?: number,
  ): Promise<readonly Group[]>
  /** Counts by the values of several fields; a field's most frequent values, at most `limit`. */
  facets(
    permitted: Permitted,
    which: CountsAsked,
    fields: readonly GroupField[],
    limit: number,
  ): Promise<ReadonlyMap<GroupField, readonly FacetValue[]>>
}

export function findingCountsOf(
  db: Client,
  kept: KeptCounts,
  sections: Pick<RuleSections, 'placed'> = { placed: [] },
): FindingCounts {
  return {
    async all(permitted, which) {
      const field = keptFieldFor(permitted, which, [])
      if (!field) return await countAsked(db, permitted, which)
      return sumAll((await kept.of(permitted))(field), field, which)
    },
    async groups(permitted, which, by, limit, offset = 0) {
      const plain = by.filter(one => one !== 'section')
      const isBySection = plain.length < by.length
      const fields = isBySection ? [...new Set<GroupField>([...plain, 'rule', 'cluster'])] : plain
      const field = keptFieldFor(permitted, which, fields)
      if (!field) return await groupAsked(db, permitted, which, by, limit, offset, sections.placed)
      const most = isBySection ? Number.POSITIVE_INFINITY : offset + limit
      const groups = sumGroups((await kept.of(permitted))(field), field, which, fields, most)
      const own = isBySection
        ? spreadOverSections(groups, fields, by, sections, await clusterEditions(db, permitted))
        : groups
      return own.slice(offset, offset + limit)
    },
    async facets(permitted, which, fields, limit) {
      const found = new Map<GroupField, readonly FacetValue[]>()
      const whole = keptFieldFor(permitted, which, [])
      const personal = whole ? personalFields.filter(of => fields.includes(of)) : []
      const fieldOf = new Map(fields.map(of => [of, keptFieldFor(permitted, which, [of])]))
      const oneByOne = fields.filter(of => !fieldOf.get(of) && !personal.some(one => one === of))
      const countsBy = oneByOne.length < fields.length ? await kept.of(permitted) : undefined
      if (countsBy && whole && personal.length > 0) {
        const touched = await touchedAsked(db, permitted, which)
        const { findings } = sumAll(countsBy(whole), whole, which)
        for (const of of personal) found.set(of, mostFrequent(withRest(touched, of, findings), limit))
      }
      for (const [of, field] of fieldOf)
        if (countsBy && field)
          found.set(of, mostFrequent(sumValues(countsBy(field), field, which, of), limit))
      if (oneByOne.length > 0)
        for (const [of, values] of await facetsAsked(db, permitted, which, oneByOne, limit))
          found.set(of, values)
      return found
    },
  }
}

/**
 * The field whose kept counts answer for all that is asked; undefined where none does. Kept counts are of whole clusters of now, each of one
 * field of many values: who sees parts of some gets numbers of what they see, counted one by one.
 */
function keptFieldFor(
  permitted: Permitted,
  { query, at }: { readonly query: Query; readonly at: Date | undefined },
  by: readonly GroupField[],
): CountField | undefined {
  const asked = fieldsOf(query)
  if (at !== undefined || !isWhole(permitted) || !asked) return undefined
  const needed = new Set([...asked, ...by].map(answeredBy))
  if (needed.has(undefined)) return undefined
  needed.delete('all')
  const [field = 'kind', ...others] = needed
  return field === 'all' || others.length > 0 ? undefined : field
}

/** The kept counts that answer for a field; `all` of them where it is none of many values. */
function answeredBy(field: string): 'all' | CountField | undefined {
  if (['severity', 'state', 'outcome'].includes(field) || clusterFieldNames.has(field)) return 'all'
  if (field === 'kind' || field === 'namespace') return field
  if (['rule', 'rule.title', 'rule.benchmark', 'rule.section', 'control', 'requirement'].includes(field))
    return 'rule'
  return undefined
}

/** What people decide of findings; nearly all have the value that they came with. */
const personalFields = ['triage', 'assignee'] as const

/** Counts by such a field: of those that somebody touched, and all others under the value that they came with. */
function withRest(
  touched: readonly Touched[],
  of: (typeof personalFields)[number],
  findings: number,
): ReadonlyMap<string | null, number> {
  const values = new Map<string | null, number>()
  const first = of === 'triage' ? untouched : null
  for (const { [of]: value, count } of touched)
    if (value !== first) values.set(value, (values.get(value) ?? 0) + count)
  const rest = findings - [...values.values()].reduce((sum, count) => sum + count, 0)
  // The two were not counted in one instant.
  if (rest > 0) values.set(first, rest)
  return values
}

const mostFrequent = (counts: ReadonlyMap<string | null, number>, limit: number): readonly FacetValue[] =>
  [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (String(a.value) < String(b.value) ? -1 : 1))
    .slice(0, limit)
