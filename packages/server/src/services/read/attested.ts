// Attested: what an edition's controls came to in each scope that a caller sees, with people's words on what no rule decides.

import {
  type Attestation,
  attestedOutcome,
  type Edition,
  type RolledControl,
  scoreOf,
  unpackControls,
} from '@plimsoll/core'
import { attestationStamp, attestationsOf, attestedKey } from '../../store/attestations.ts'
import type { Permitted } from '../../store/permitted.ts'
import { type ClusterScore, clusterScores, type EditionId, visibleTallies } from '../../store/posture.ts'
import { Fault } from '../fault.ts'
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
  /** The words that decide controls, by their places. */
  readonly words: ReadonlyMap<number, Attestation>
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
    if (counts.length !== edition.controls.length)
      throw new Fault(
        'gone',
        `${benchmark}@${name} had other controls then, which this server does not know.`,
      )
    const own = unpackControls(edition, counts)
    const decided = new Map<number, Attestation>()
    if (scope_key !== '' || words.size === 0) return { clusterId: cluster_id, controls: own, words: decided }
    const controls = own.map((control, place) => {
      const word = words.get(attestedKey(cluster_id, benchmark, name, control.result.control.id))
      const result = attestedOutcome(control.result, word)
      if (word && result !== control.result) decided.set(place, word)
      return { part: control.part, result }
    })
    return { clusterId: cluster_id, controls, words: decided }
  })
}

/**
 * The scores of clusters that the caller sees whole, with the controls that people decided among those that were evaluated, as everything
 * else that shows a standard counts them.
 */
export async function attestedScores(
  reading: Reading,
  permitted: Permitted,
  at: Date | undefined,
  of: { readonly edition?: EditionId; readonly clusterIds?: readonly string[] },
): Promise<readonly ClusterScore[]> {
  const { db, now, editions } = reading
  const [scores, words] = await Promise.all([
    clusterScores(db, permitted, at, of),
    attestationsOf(db, permitted, of, at ?? now()),
  ])
  const spoken = new Set([...words.keys()].map(key => (JSON.parse(key) as string[]).slice(1, 3).join('@')))
  const evaluated = new Map<string, number>()
  for (const edition of editions) {
    if (!spoken.has(`${edition.benchmark}@${edition.edition}`)) continue
    const [only, ...more] = of.clusterIds ?? []
    const clusterId = more.length === 0 ? only : undefined
    for (const scope of await attestedScopes(reading, edition, { permitted, at, clusterId })) {
      const score = scoreOf(edition.benchmark, edition.edition, scope.controls)
      evaluated.set(scoreKey({ ...edition, cluster_id: scope.clusterId }), score.evaluated)
    }
  }
  return scores.map(score => ({ ...score, evaluated: evaluated.get(scoreKey(score)) ?? score.evaluated }))
}

const scoreKey = ({ cluster_id, benchmark, edition }: EditionId & { readonly cluster_id: string }) =>
  `${cluster_id} ${benchmark}@${edition}`

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
