// Permissions: what a cluster's collector must be allowed, what it was, and which rules are lost where it was not.

import { type Gap, type Permission, permissionsOf, type Rule } from '@plimsoll/core'
import type { CollectorRow } from '../../store/collector-row.ts'

export type PermissionState = 'granted' | 'missing' | 'off' | 'failed' | 'unknown'

export interface KnownPermission extends Permission {
  readonly state: PermissionState
  readonly detail?: string
}

/**
 * Each permission with its state, as the gaps of the newest collection of the API tell it. What no gap speaks of was read, or is not
 * served there. Only gaps of whole kinds are told: those of namespaces are not everybody's.
 */
export function knownPermissions(
  rules: Iterable<Rule>,
  collectors: readonly CollectorRow[],
): KnownPermission[] {
  const api = collectors.filter(({ scope }) => scope === 'api')
  const gaps = api.flatMap(one => one.gaps)
  return permissionsOf(rules).map(permission => {
    if (api.length === 0) return { ...permission, state: 'unknown' }
    const gap = gaps.find(one => concerns(one, permission))
    return gap
      ? { ...permission, state: stateOf(gap), detail: gap.detail }
      : { ...permission, state: 'granted' }
  })
}

/** The gap of the cluster's identity names kube-system, and so does its permission. */
const concerns = ({ scope, kind, namespace }: Gap, permission: Permission): boolean =>
  scope === 'cluster' && kind === permission.kind && namespace === permission.name

function stateOf({ reason }: Gap): PermissionState {
  if (reason === 'forbidden') return 'missing'
  return reason === 'not-collected' ? 'off' : 'failed'
}
