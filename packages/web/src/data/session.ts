// Session: who is signed in, and what they may do.

import type { Me, Role } from '@plimsoll/core/contract/client'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { api } from './client.ts'

export const sessionKey = ['getSession'] as const

/** Who is here; null where nobody is signed in. */
export const session = queryOptions({
  queryKey: sessionKey,
  queryFn: () => api.getSession().then(({ me }) => me),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Who is signed in; to be used inside of the shell only, which is not shown to anybody else. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(session)
  if (!data) throw new Error('nobody is signed in')
  return data
}

const roles: readonly Role[] = ['viewer', 'editor', 'approver', 'admin']

/** True where a role holds all that another may do. */
export const holdsRole = (own: Role, needed: Role): boolean => roles.indexOf(own) >= roles.indexOf(needed)

/** True where who is signed in holds the role. */
export const useMay = (needed: Role): boolean => holdsRole(useMe().role, needed)
