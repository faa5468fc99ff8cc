// Change feed: tells whoever listens which clusters were assessed anew; looks only while somebody listens.

import { type AssessedCluster, assessedClusters, seenOf } from '../store/changes.ts'
import type { Permitted } from '../store/permitted.ts'
import type { Deps } from './deps.ts'

export interface ClusterChange {
  readonly cluster: string
  readonly revision: number
  readonly assessedAt: Date
}

export interface ChangeFeed {
  /** Changes of clusters that the caller sees, from now on, until `signal`. A listener that is slow is told the newest of each cluster. */
  listen(permitted: Permitted, signal: AbortSignal): AsyncGenerator<ClusterChange, void, undefined>
  /** How many listen. */
  readonly listeners: number
}

interface Listener {
  readonly pending: Map<string, AssessedCluster>
  wake: () => void
}

/** One look each `every` milliseconds, shared by all listeners of the process. */
export function openChangeFeed({ db }: Pick<Deps, 'db'>, every = 1000): ChangeFeed {
  const listeners = new Set<Listener>()
  let known: ReadonlyMap<string, string> | undefined
  let timer: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    try {
      const rows = await assessedClusters(db)
      const before = known
      known = new Map(rows.map(({ clusterId, mark }) => [clusterId, mark]))
      if (!before) return
      const changed = rows.filter(({ clusterId, mark }) => before.get(clusterId) !== mark)
      if (changed.length === 0) return
      for (const listener of listeners) {
        for (const one of changed) listener.pending.set(one.clusterId, one)
        listener.wake()
      }
    } catch {
      // The database is away; readiness says so, and the next look tells of all that happened meanwhile.
    } finally {
      if (listeners.size > 0) timer = setTimeout(() => void look(), every)
      else {
        timer = undefined
        known = undefined
      }
    }
  }

  return {
    get listeners() {
      return listeners.size
    },
    async *listen(permitted, signal) {
      const listener: Listener = { pending: new Map(), wake: () => {} }
      // Registered before the first look, so that nothing falls between the two.
      listeners.add(listener)
      const end = () => listener.wake()
      signal.addEventListener('abort', end, { once: true })
      if (!timer && listeners.size === 1) await look()
      try {
        while (!signal.aborted) {
          if (listener.pending.size === 0)
            await new Promise<void>(resolve => {
              listener.wake = resolve
            })
          if (listener.pending.size === 0) continue
          const batch = [...listener.pending.values()]
          listener.pending.clear()
          const seen = await seenOf(
            db,
            permitted,
            batch.map(({ clusterId }) => clusterId),
          )
          for (const { clusterId, revision, assessedAt } of batch)
            if (seen.has(clusterId)) yield { cluster: clusterId, revision, assessedAt }
        }
      } finally {
        signal.removeEventListener('abort', end)
        listeners.delete(listener)
      }
    },
  }
}
