// Queries: the store of what was read, with how long it holds and what is tried again.

import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiFailure, isSignedOut } from './client.ts'
import { sessionKey } from './session.ts'

/** Live events tell when what was read is no longer true, so it holds long; see live.ts. */
const fresh = 60_000

/** Refused as if nobody were signed in where a password is wrong. */
const asksForPassword = new Set<unknown>(['signIn', 'changePassword'])

export function createQueries(): QueryClient {
  const queries: QueryClient = new QueryClient({
    mutationCache: new MutationCache({
      onError: (error, _given, _kept, { options: { mutationKey } }) => {
        if (isSignedOut(error) && !asksForPassword.has(mutationKey?.[0]))
          void queries.resetQueries({ queryKey: sessionKey })
      },
    }),
    queryCache: new QueryCache({
      // The session ended while the page was open: the shell asks again who is here, and goes to the sign-in.
      onError: (error, query) => {
        if (isSignedOut(error) && query.queryKey[0] !== sessionKey[0])
          void queries.resetQueries({ queryKey: sessionKey })
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: fresh,
        refetchOnWindowFocus: false,
        // What was refused will be refused again; what the network or a busy server did may pass.
        retry: (count, error) =>
          count < 2 && error instanceof ApiFailure && (error.status === 0 || error.status >= 500),
      },
      mutations: { retry: false },
    },
  })
  return queries
}
