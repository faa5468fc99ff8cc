// Basis for: what a cluster is judged by: what is known of it chooses benchmarks, and what its collectors could not read hides verdicts.

import { hash } from 'node:crypto'
import { type Basis, canonicalJson, chooseEditions, type Gap, type Scope } from '@plimsoll/core'
import type { ClusterRow, ScopeRow } from '../../store/clusters.ts'
import type { ClusterBasis, RulePack } from './ports.ts'

export const digestOf = (value: unknown): string => hash('sha256', canonicalJson(value), 'hex').slice(0, 32)

const providers: readonly string[] = ['eks', 'gke', 'aks', 'openshift'] satisfies Scope['provider'][]
/** The cluster's API, where nothing was heard of it for too long. */
export const staleScope = (scopes: readonly ScopeRow[]) =>
  scopes.find(({ scope, stale_since }) => scope === 'api' && stale_since !== null)

/** A cluster as the engine knows it. */
export function scopeOf(row: ClusterRow): Scope {
  return {
    type: 'cluster',
    id: row.cluster_id,
    name: row.name,
    ...(row.kubernetes_version !== '' && { kubernetesVersion: row.kubernetes_version }),
    ...(providers.includes(row.provider) && { provider: row.provider as NonNullable<Scope['provider']> }),
    ...(row.distribution !== '' && { distribution: row.distribution }),
  }
}

/** What a cluster is judged by: what is known of it chooses benchmarks, and what its collectors could not read hides verdicts. */
export function basisFor(
  pack: RulePack,
  row: ClusterRow,
  scopes: readonly ScopeRow[],
  house: ClusterBasis,
  now: Date,
): Basis {
  const scope = scopeOf(row)
  const gaps = scopes.flatMap(own => [...(own.gaps as readonly Gap[]), ...staleNode(own)])
  const stale = staleScope(scopes)
  const { kubernetesVersion, provider, distribution } = scope
  return {
    key: digestOf([pack.version, house.profile, kubernetesVersion, provider, distribution]),
    scope,
    rules: pack.rules,
    editions: chooseEditions(pack.editions, scope),
    profile: house.profile,
    exceptions: house.exceptions,
    now: now.toISOString(),
    gaps,
    ...(stale && { stale: staleGap(stale) }),
  }
}

const staleGap = ({ scope, received_at }: ScopeRow): Gap => ({
  scope,
  reason: 'stale',
  detail: `nothing was heard of ${scope} since ${received_at.toISOString()}; what was last seen may have changed`,
})

/** A silent node hides only what nodes tell. */
const staleNode = (own: ScopeRow): Gap[] =>
  own.scope === 'api' || own.stale_since === null ? [] : [{ ...staleGap(own), kind: 'NodeFacts' }]
