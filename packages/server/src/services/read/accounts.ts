// Accounts: the clusters that a caller sees, added up by the account that they run in.

import type { FleetRow } from '../../store/fleet.ts'

const counted = ['resources', 'failed', 'critical', 'high', 'medium', 'low', 'excepted'] as const

/** One for each account, those with most failures first; clusters whose account is not known are of the account ''. */
export function accountsOf(rows: readonly FleetRow[]) {
  const byAccount = new Map<string, FleetRow[]>()
  for (const row of rows) {
    const own = byAccount.get(row.account)
    if (own) own.push(row)
    else byAccount.set(row.account, [row])
  }
  return [...byAccount]
    .map(([account, own]) => ({
      account,
      providers: distinct(own.map(row => row.provider)),
      regions: distinct(own.map(row => row.region)),
      clusters: own.length,
      byStatus: tallyOf(own.map(row => row.status)),
      ...(Object.fromEntries(
        counted.map(name => [name, own.reduce((sum, row) => sum + row[name], 0)]),
      ) as Record<(typeof counted)[number], number>),
      notEvaluated: own.reduce((sum, row) => sum + row.not_evaluated, 0),
    }))
    .sort((a, b) => b.failed - a.failed || (a.account < b.account ? -1 : 1))
}

const distinct = (words: readonly string[]) => [...new Set(words.filter(word => word !== ''))].sort()

/** How often each word stands there. */
export function tallyOf(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
