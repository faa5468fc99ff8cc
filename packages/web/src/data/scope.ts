// Scope: which part of the fleet is looked at: all, an account, a zone or a cluster; as the URL and queries say it.

/** As the URL has it: `cluster:<id>`, `account:<id>`, `zone:<id>`. */
export type ScopeText = `${'cluster' | 'account' | 'zone'}:${string}`

export type Scope =
  | { readonly type: 'all' }
  | { readonly type: 'cluster' | 'account' | 'zone'; readonly id: string }

/** As the API takes it; at most one of them is there. */
export type ScopePart = Readonly<Partial<Record<'cluster' | 'account' | 'zone', string>>>

export const isScopeText = (text: unknown): text is ScopeText =>
  typeof text === 'string' && /^(?:cluster|account|zone):./.test(text)

export function readScope(text: ScopeText | undefined): Scope {
  const [, type, id] = /^(cluster|account|zone):(.+)$/.exec(text ?? '') ?? []
  return type && id ? { type: type as 'cluster' | 'account' | 'zone', id } : { type: 'all' }
}

/** The scope as parameters of the API, which every list and count takes: `useCount('getOverview', { ...scopePart(scope) })`. */
export const scopePart = (scope: Scope): ScopePart => (scope.type === 'all' ? {} : { [scope.type]: scope.id })

/** Queries joined by AND, each in parentheses where there are several; empty ones are left out. */
export function allOfQueries(...queries: readonly (string | undefined)[]): string {
  const asked = queries.map(query => query?.trim() ?? '').filter(query => query !== '')
  return asked.length < 2 ? (asked[0] ?? '') : asked.map(query => `(${query})`).join(' AND ')
}
