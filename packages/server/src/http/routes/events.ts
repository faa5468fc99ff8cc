// Event routes: a stream of what changed, so that pages stay true without asking again and again.

import type { ChangeFeed, ClusterChange } from '../../services/change-feed.ts'
import { eventStream, eventStreamType, type ServerEvent } from '../event-stream.ts'
import { defineRoute, type Route } from '../route.ts'

export const eventRoutes = (feed: ChangeFeed): Route[] => [
  defineRoute({
    id: 'streamEvents',
    method: 'GET',
    path: '/events',
    tag: 'events',
    summary:
      'Streams an event `assessed` for each cluster that was judged anew, of those that the caller sees.',
    access: { role: 'viewer' },
    produces: [eventStreamType],
    handle: async ({ caller, signal }) => {
      // What waits for the next change ends with the request: a generator's `return` would wait for it.
      const done = new AbortController()
      signal.addEventListener('abort', () => done.abort(), { once: true })
      return eventStream(eventsOf(feed.listen(caller.permitted, done.signal), done), { signal })
    },
  }),
]

async function* eventsOf(
  changes: AsyncIterable<ClusterChange>,
  done: AbortController,
): AsyncGenerator<ServerEvent> {
  try {
    for await (const data of changes) yield { event: 'assessed', data }
  } finally {
    done.abort()
  }
}
