// Unlisted: keeps, as findings of no asset, what rules could not be asked since it could not be listed.

import { createHash } from 'node:crypto'
import type { Gap, Result } from '@plimsoll/core'
import {
  changeFindings,
  type FindingPlace,
  findingsOfAssets,
  insertFindings,
} from '../../store/finding-writes.ts'
import type { Client } from '../../store/schema.ts'
import type { CountMoves } from './count-moves.ts'
import { reconcile } from './finding-rows.ts'

/** One finding for each rule and gap; its asset key is empty. */
export async function writeUnlisted(
  db: Client,
  clusterId: string,
  at: string,
  name: string,
  results: readonly Result[],
  plans: ReadonlySet<string>,
  counts: CountMoves,
): Promise<void> {
  const known = await findingsOfAssets(db, clusterId, [''])
  if (known.length === 0 && results.length === 0) return
  const place: FindingPlace = {
    cluster_id: clusterId,
    asset_key: '',
    api_version: '',
    kind: '',
    namespace: '',
    name,
    labels: {},
    root_kind: 'Cluster',
    root_key: `Cluster//${name}`,
  }
  const { fresh, changes } = reconcile({
    place,
    known,
    results: results.map(result => ({ ...result, discriminator: nameOfGap(result.gap) })),
    rules: undefined,
    judges: rule => plans.has(rule),
  })
  for (const finding of fresh) counts.opened(place, finding)
  for (const change of changes) {
    const before = known.find(({ finding_id }) => finding_id === change.finding_id)
    if (before) counts.changed(before, change, '', '')
  }
  await insertFindings(db, clusterId, at, [{ place, findings: fresh }])
  await changeFindings(db, clusterId, at, changes)
}

/** A gap's lasting name: what it hides, not how it is told. */
function nameOfGap(gap: Gap | undefined): string {
  if (!gap) return ''
  const { scope, kind, namespace, reason, line } = gap
  const place = [kind ?? 'everything', namespace === undefined ? scope : `namespace/${namespace}`, reason]
  if (reason !== 'unparsable') return place.join(' ')
  // Many objects of one kind may be undecodable, each a gap of its own.
  const own = createHash('sha256')
    .update(`${gap.detail} ${line ?? ''}`)
    .digest('hex')
    .slice(0, 8)
  return [...place, own].join(' ')
}
