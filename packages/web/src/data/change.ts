// Change: the hook that changes something through the API, and has what it touches read anew.

import type { ApiClient } from '@plimsoll/core/contract/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiFailure, api } from './client.ts'

type Operation = keyof ApiClient

/**
 * Changes something: `const suppress = useChange('suppressFinding', ['listFindings', 'getFinding'])`, then `suppress.mutate([cluster, id, body])`.
 * Afterwards whatever was read by the operations named is read again. Where an operation takes a version, give the one that was read: another
 * one in between fails with the code `precondition-failed`, and has the same read again, so that one can go on from what is there now.
 */
export function useChange<O extends Operation>(operation: O, touches: readonly Operation[]) {
  const queries = useQueryClient()
  const readAgain = () =>
    Promise.all(touches.map(touched => queries.invalidateQueries({ queryKey: [touched] }))).then(
      () => undefined,
    )
  return useMutation<Awaited<ReturnType<ApiClient[O]>>, Error, Parameters<ApiClient[O]>>({
    mutationKey: [operation],
    mutationFn: given =>
      (api[operation] as (...given: Parameters<ApiClient[O]>) => Promise<Awaited<ReturnType<ApiClient[O]>>>)(
        ...given,
      ),
    onSuccess: readAgain,
    onError: error => {
      if (error instanceof ApiFailure && error.code === 'precondition-failed') void readAgain()
    },
  })
}
