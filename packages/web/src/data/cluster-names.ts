// Cluster names: the names of clusters that an answer speaks of by id alone.

import { useThing } from './read.ts'

/** As many as are looked up at once, the same that the scope chooser reads; of others the id is shown. */
const most = 200

/** Gives the name of a cluster, or its id where its name is not known here. */
export function useClusterNames(): (id: string) => string {
  const { data } = useThing('listClusters', { sort: 'name', order: 'asc', limit: most })
  return id => data?.items.find(one => one.id === id)?.name ?? id
}
