// Attested: what an edition's controls came to in each scope that a caller sees, with people's words on what no rule decides.

import { attestedOutcome, type Edition, type RolledControl, unpackControls } from '@plimsoll/core'
import { attestationStamp, attestationsOf, attestedKey } from '../../store/attestations.ts'
import type { Permitted } from '../../store/permitted.ts'
import { visibleTallies } from '../../store/posture.ts'
import type { Reading } from './reading.ts'

export interface ScopesAsked {
  readonly permitted: Permitted
  readonly at: Date | undefined
  readonly clusterId: string | undefined
}

export interface AttestedScope {
  readonly clusterId: string
  /** In the edition's order. */
  readonly controls: readonly RolledControl[]
}

/** Scopes that share no subject. A word speaks of a whole cluster, so controls of a namespace alone stay as they are. */
export async function attestedScopes(
  { db, now }: Reading,
  edition: Edition,
  { permitted, at, clusterId }: ScopesAsked,
): Promise<readonly AttestedScope[]> {
  const { benchmark, edition: name } = edition
  const [tallies, words] = await Promise.all([
    visibleTallies(db, permitted, { benchmark, edition: name }, at, clusterId),
    attestationsOf(db, permitted, attestationsOfEdition(edition, clusterId), at ?? now()),
  ])
  return tallies.map(({ cluster_id, scope_key, counts }) => {
    const controls = unpackControls(edition, counts)
    if (scope_key !== '' || words.size === 0) return { clusterId: cluster_id, controls }
    const wordOn = (control: string) => words.get(attestedKey(cluster_id, benchmark, name, control))
    return {
      clusterId: cluster_id,
      controls: controls.map(({ result, part }) => ({
        part,
        result: attestedOutcome(result, wordOn(result.control.id)),
      })),
    }
  })
}

/** Another text where other words hold: one was given or taken back, or a day is over. */
export async function wordsStamp(
  { db, now }: Reading,
  edition: Edition,
  { permitted, at, clusterId }: ScopesAsked,
): Promise<string> {
  const stamp = await attestationStamp(db, permitted, attestationsOfEdition(edition, clusterId))
  return `${stamp} ${(at ?? now()).toISOString().slice(0, 10)}`
}

const attestationsOfEdition = ({ benchmark, edition }: Edition, clusterId: string | undefined) => ({
  edition: { benchmark, edition },
  ...(clusterId !== undefined && { clusterIds: [clusterId] }),
})
