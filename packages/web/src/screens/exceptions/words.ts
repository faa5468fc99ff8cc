// Words of exceptions: what each covers in a line, where it stands, and how long it still holds.

import type { Exception } from '@plimsoll/core/contract/client'
import { daysLeft } from '../../parts/days.ts'
import { counted } from '../../parts/words.ts'
import type { Shelf } from './search.ts'

/** An exception that ends within so many days is told apart. */
const soonDays = 30

export const isExpiring = ({ state, expires }: Pick<Exception, 'state' | 'expires'>, now: number): boolean =>
  state === 'approved' && daysLeft(expires, now) <= soonDays

export const shelfWords: Readonly<Record<Shelf, string>> = {
  all: 'All',
  requested: 'Requested',
  approved: 'Approved',
  expiring: 'Expiring',
  dead: 'Dead',
  expired: 'Expired',
  rejected: 'Rejected',
  revoked: 'Revoked',
}

export const shelfTitles: Readonly<Partial<Record<Shelf, string>>> = {
  requested: 'Waiting for an approver',
  approved: 'In force',
  expiring: `In force for at most ${soonDays} more days`,
  dead: 'In force, and covering nothing that you see',
  expired: 'Over since their last day',
}

/** True where an exception stands on a shelf; one in force may stand on several. */
export function isOn(shelf: Shelf, exception: Exception, now: number): boolean {
  if (shelf === 'all') return true
  if (shelf === 'dead') return exception.isDead
  if (shelf === 'expiring') return isExpiring(exception, now)
  return exception.state === shelf
}

type Cover = Pick<Exception, 'rules' | 'scope' | 'query' | 'findings'>

/** All rules are no part worth telling where something else narrows it. */
const toldRules = ({ rules, query, findings }: Cover): readonly string[] =>
  (query !== null || findings !== null) && rules.every(rule => rule === '*') ? [] : rules

/** What it covers, part by part; all parts must hold. */
export function coverParts(cover: Cover): readonly (readonly [string, string])[] {
  const { scope, query, findings } = cover
  const labels = Object.entries(scope.labels ?? {}).map(([name, value]) => `${name}=${value}`)
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ['Query', query === null ? [] : [query]],
    ['Rules', toldRules(cover)],
    ['Kinds', scope.kinds ?? []],
    ['Namespaces', scope.namespaces ?? []],
    ['Names', scope.names ?? []],
    ['Labels', labels],
    ['Parts', scope.discriminators ?? []],
    ['Findings', (findings ?? []).map(({ rule, resource }) => `${rule} on ${resource}`)],
  ]
  return parts.filter(([, values]) => values.length > 0).map(([name, values]) => [name, values.join(', ')])
}

/** The same in a line, for lists. */
export function coverText(cover: Cover): string {
  const { query, findings } = cover
  if (findings && findings.length > 1) return counted(findings.length, 'finding')
  if (findings?.[0]) return `${findings[0].rule} on ${findings[0].resource}`
  const rest = coverParts({ ...cover, query: null, findings: null })
    .filter(([name]) => name !== 'Rules')
    .map(([name, values]) => `${name.toLowerCase()} ${values}`)
  return [query ?? '', toldRules(cover).join(', '), ...rest].filter(part => part !== '').join(' · ')
}

/** The name of an exception where its own is only made up. */
export const exceptionName = (exception: Exception): string =>
  /^(?:ex-[0-9a-f]+|exception-\d+)$/.test(exception.id) ? coverText(exception) : exception.id

/** What the server is asked to tell of what it hides. */
export const coverOf = ({ rules, scope, query, findings }: Cover) => ({
  ...(rules.length > 0 && { rules }),
  ...(Object.keys(scope).length > 0 && { scope }),
  ...(query !== null && { query }),
  ...(findings !== null && { findings }),
})

/** What is read anew after an exception was made, decided or ended. */
export const touched = [
  'listExceptions',
  'getException',
  'previewException',
  'listFindings',
  'getFinding',
  'countFindings',
  'findingFacets',
  'groupFindings',
  'getOverview',
] as const
