// Query routes: the fields of each list and what may come next in a query that is being typed.

import {
  assetFields,
  clusterListFields,
  completeQuery,
  exceptionFields,
  type FieldCatalogue,
  findingFields,
  operatorsOf,
  parseQuery,
  valueSuggestion,
} from '@plimsoll/core'
import { queryApi as api } from '@plimsoll/core/contract'
import type { Reading } from '../../services/read/reading.ts'
import { valuesThere } from '../../store/query-values.ts'
import { defineRoute, type Route } from '../route.ts'

const access = { role: 'viewer' } as const
const lists: Readonly<Record<'findings' | 'resources' | 'clusters' | 'exceptions', FieldCatalogue>> = {
  findings: findingFields,
  resources: assetFields,
  clusters: clusterListFields,
  exceptions: exceptionFields,
}
const valuesShown = 20

export const queryRoutes = (reading: Reading): Route[] => [
  defineRoute({
    id: 'listQueryFields',
    method: 'GET',
    path: '/query/fields',
    tag: 'query',
    summary: 'Lists the fields that can be asked of a list.',
    access,
    query: api.fieldsQuery,
    response: api.fields,
    handle: async ({ query: { list } }) => ({
      items: lists[list].fields.map(({ name, type, description, examples, words = [] }) => ({
        name,
        type,
        description,
        examples: [...examples],
        words: [...words],
        operators: [...operatorsOf(type)],
      })),
    }),
  }),
  defineRoute({
    id: 'completeQuery',
    method: 'GET',
    path: '/query/complete',
    tag: 'query',
    summary: 'Suggests what may stand at a place of a query, and says what is wrong with it as it stands.',
    access,
    query: api.completeQuery,
    response: api.completion,
    handle: async ({ query: { list, q, cursor = q.length }, caller }) => {
      const catalogue = lists[list]
      const { from, to, suggestions, value } = completeQuery(q, cursor, catalogue, reading.known)
      const parsed = parseQuery(q, catalogue, reading.known)
      const there = value
        ? await valuesThere(reading.db, caller.permitted, value.field, value.key, value.prefix, valuesShown)
        : []
      const known = new Set(suggestions.map(one => one.text))
      return {
        from,
        to,
        suggestions: [
          ...there.map(text => valueSuggestion(text)).filter(one => !known.has(one.text)),
          ...suggestions,
        ],
        problem: parsed.ok ? null : parsed.problem,
      }
    },
  }),
]
