// Warm: the standing assessments that this process keeps in memory, the least lately used of them dropped when they grow too large.

import type { Standing } from '@plimsoll/core'

/** A standing assessment and what of it is in the store. It is of use only while the store's newest assessment is that one. */
export interface WarmCluster {
  readonly standing: Standing
  /** The revision that it holds. */
  readonly revision: number
  /** The basis that assets' verdicts speak of. */
  readonly key: string
  /** The instant of the assessment that it wrote, with microseconds. */
  readonly assessedAt: string
  /** Assets that are not there, while a gap hides whether they still are. */
  readonly hidden: ReadonlySet<string>
  /** About how much memory it takes. */
  readonly bytes: number
}

export interface WarmClusters {
  /** Takes it out: while it is worked on, and where that fails, nobody else has it. */
  take(clusterId: string): WarmCluster | undefined
  keep(clusterId: string, cluster: WarmCluster): void
  readonly bytes: number
}

/** Keeps as many as fit in so many bytes; one that alone is larger is not kept. */
export function warmClusters(limit: number): WarmClusters {
  const kept = new Map<string, WarmCluster>()
  let bytes = 0
  const take = (clusterId: string) => {
    const found = kept.get(clusterId)
    if (!found) return undefined
    kept.delete(clusterId)
    bytes -= found.bytes
    return found
  }
  return {
    take,
    keep(clusterId, cluster) {
      take(clusterId)
      if (cluster.bytes > limit) return
      kept.set(clusterId, cluster)
      bytes += cluster.bytes
      for (const [oldest] of kept) {
        if (bytes <= limit) break
        take(oldest)
      }
    },
    get bytes() {
      return bytes
    },
  }
}
