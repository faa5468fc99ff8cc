// Live: has what was read from the server read again, quietly, when the server says that a cluster was judged anew.

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

/** What does not change with an assessment, or must not be read again under somebody's hands. */
const still = new Set([
  'getSession',
  'listRules',
  'getRule',
  'listBenchmarks',
  'listQueryFields',
  'completeQuery',
  'listZones',
  'listTeams',
])

/** Milliseconds in which further events make no further reading: a fleet sends many. */
const calm = 3000

export type LiveState = 'connecting' | 'live' | 'lost'

/** Listens for as long as it is mounted. The browser connects again by itself where the connection is lost. */
export function useLiveUpdates(): LiveState {
  const queries = useQueryClient()
  const [state, setState] = useState<LiveState>('connecting')
  useEffect(() => {
    const source = new EventSource('/api/v1/events')
    let timer: ReturnType<typeof setTimeout> | undefined
    const readAgain = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        void queries.invalidateQueries({ predicate: ({ queryKey }) => !still.has(String(queryKey[0])) })
      }, calm)
    }
    let wasLost = false
    source.addEventListener('open', () => {
      setState('live')
      // What happened while nobody listened is unknown.
      if (wasLost) readAgain()
      wasLost = false
    })
    source.addEventListener('assessed', readAgain)
    source.addEventListener('error', () => {
      wasLost = true
      setState('lost')
    })
    return () => {
      source.close()
      clearTimeout(timer)
    }
  }, [queries])
  return state
}
