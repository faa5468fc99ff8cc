// Read relations: looks up what stands around an asset, within what the caller may see, and says where it did not look through all.

import type { Permitted } from '../../store/permitted.ts'
import { objectsOfKeys, objectsOfKind, type StoredNeighbour } from '../../store/resource-neighbours.ts'
import { assetObject, assetsOfKeys, type WholeAsset } from '../../store/resources.ts'
import { kindOf, ownersOf, podSecurityOf } from './object-references.ts'
import type { Reading } from './reading.ts'
import { type Relation, relationsOf, whereToLook } from './relations.ts'
import { assetView } from './views.ts'

/** Objects of one kind that are looked through. */
const most = 5000
/** Owners of owners. */
const deepest = 8

export async function readRelations({ db }: Reading, permitted: Permitted, shown: WholeAsset) {
  const { cluster_id, asset_key } = shown
  const object = await assetObject(db, shown, undefined)
  if (!object) return { items: [], podSecurity: null, notAll: [] }
  const own = { key: asset_key, object }
  const { namespace, near, far } = whereToLook(own)
  const looked = await Promise.all([
    ...(namespace === '' ? [] : near).map(kind => look(kind, namespace)),
    ...far.map(kind => look(kind, undefined)),
  ])
  const around = looked.flatMap(({ objects }) => objects)
  const owners = await ownersAbove(own)
  const relations = distinct([
    ...relationsOf(own, around),
    ...owners.flatMap(owner => ownersOf(owner.object)).map((key): Relation => ({ type: 'owner', key })),
  ]).filter(({ key }) => key !== asset_key)
  const keys = relations.map(({ key }) => key)
  const assets = await assetsOfKeys(db, permitted, cluster_id, keys)
  const failed = new Map(assets.map(row => [row.asset_key, assetView(row).failed]))
  // Pods stand under their workload; all else is told only where the caller may see it.
  const known = new Set([...around, ...owners].map(({ key }) => key))
  const others = keys.filter(key => !failed.has(key) && !known.has(key))
  for (const { key } of await objectsOfKeys(db, permitted, cluster_id, others)) known.add(key)
  return {
    items: relations
      .filter(({ key }) => failed.has(key) || known.has(key))
      .map(one => {
        const [kind = '', place = '', ...name] = one.key.split('/')
        return { ...one, kind, namespace: place, name: name.join('/'), failed: failed.get(one.key) ?? null }
      }),
    podSecurity: kindOf(object) === 'Namespace' ? podSecurityOf(object) : null,
    notAll: looked.filter(({ isAll }) => !isAll).map(({ kind }) => kind),
  }

  async function look(kind: string, of: string | undefined) {
    return { kind, ...(await objectsOfKind(db, permitted, cluster_id, { kind, namespace: of }, most)) }
  }

  /** Its owners, their owners and so on, as far as they are seen. */
  async function ownersAbove(from: StoredNeighbour): Promise<readonly StoredNeighbour[]> {
    const found = new Map<string, StoredNeighbour>()
    let above = ownersOf(from.object)
    for (let depth = 0; depth < deepest && above.length > 0; depth++) {
      const objects = await objectsOfKeys(db, permitted, cluster_id, above)
      for (const one of objects) found.set(one.key, one)
      above = objects.flatMap(one => ownersOf(one.object)).filter(key => !found.has(key) && key !== from.key)
    }
    return [...found.values()]
  }
}

const distinct = (relations: readonly Relation[]) => [
  ...new Map(relations.map(one => [`${one.type} ${one.key}`, one])).values(),
]
