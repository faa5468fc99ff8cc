// Kept counts: the counts of findings of each cluster, held in memory for as long as their stamps in the database stay the same.

import {
  type CountField,
  type CountStamp,
  countFields,
  countStamps,
  countsOfClusters,
} from '../../store/kept-counts.ts'
import type { Permitted } from '../../store/permitted.ts'
import type { Client } from '../../store/schema.ts'

/** What findings that are counted together have in common, besides their cluster. */
export interface CountPlace {
  /** Of the field that they are counted by. */
  readonly value: string
  readonly state: string
  readonly outcome: string
  readonly severity: number
}

export interface ClusterCounts {
  readonly clusterId: string
  /** By turns the index of a place, and how many findings the cluster has there. */
  readonly pairs: Uint32Array
}

export interface Counts {
  readonly places: readonly CountPlace[]
  readonly clusters: readonly ClusterCounts[]
}

export interface KeptCounts {
  /**
   * The counts by each field, as they are in the database now, of the clusters that the caller sees; only for callers who see all of these.
   * It asks which counts changed, and reads those only.
   */
  of(permitted: Permitted): Promise<(field: CountField) => Counts>
}

/** Clusters read at a time. */
const batch = 50

interface Held {
  readonly stamp: string
  readonly by: Readonly<Record<CountField, ClusterCounts>>
}

export function keptCountsOf(db: Client): KeptCounts {
  const held = new Map<string, Held>()
  const places = { rule: placesOf(), kind: placesOf(), namespace: placesOf() }
  let reading: Promise<void> = Promise.resolve()

  const isNew = ({ cluster_id, stamp }: CountStamp) => held.get(cluster_id)?.stamp !== stamp

  // Rows may be newer than the stamp that they are held under, never older: then they are read once more.
  async function read(stamps: readonly CountStamp[]): Promise<void> {
    const missing = stamps.filter(isNew)
    for (let from = 0; from < missing.length; from += batch) {
      const some = missing.slice(from, from + batch)
      const ids = some.map(one => one.cluster_id)
      const [rule, kind, namespace] = await Promise.all(
        countFields.map(field => countsOfClusters(db, field, ids)),
      )
      const found = { rule, kind, namespace }
      for (const { cluster_id: clusterId, stamp } of some) {
        const packed = (field: CountField): ClusterCounts => {
          const rows = found[field]?.get(clusterId) ?? []
          const pairs = new Uint32Array(2 * rows.length)
          for (const [index, [value, state, outcome, severity, count]] of rows.entries())
            pairs.set([places[field].indexOf({ value, state, outcome, severity }), count], 2 * index)
          return { clusterId, pairs }
        }
        held.set(clusterId, {
          stamp,
          by: { rule: packed('rule'), kind: packed('kind'), namespace: packed('namespace') },
        })
      }
    }
  }

  return {
    async of(permitted) {
      const stamps = await countStamps(db, permitted)
      if (stamps.some(isNew)) {
        // One reader at a time: others want the same rows.
        const own = reading.then(() => read(stamps))
        reading = own.catch(() => {})
        await own
      }
      if (permitted.all && held.size > stamps.length) forget(held, stamps)
      const seen = stamps.flatMap(({ cluster_id }) => held.get(cluster_id)?.by ?? [])
      return field => ({ places: places[field].all, clusters: seen.map(by => by[field]) })
    },
  }
}

function forget(held: Map<string, Held>, stamps: readonly CountStamp[]): void {
  const there = new Set(stamps.map(one => one.cluster_id))
  for (const id of held.keys()) if (!there.has(id)) held.delete(id)
}

/** Numbers places, each once. */
function placesOf() {
  const all: CountPlace[] = []
  const known = new Map<string, number>()
  return {
    all,
    indexOf(place: CountPlace): number {
      const key = `${place.severity} ${place.state} ${place.outcome} ${place.value}`
      const before = known.get(key)
      if (before !== undefined) return before
      known.set(key, all.length)
      return all.push(place) - 1
    },
  }
}
