// Word moves: what people's words did to how a cluster stands under an edition, told beside what moved its score.

import {
  type Attestation,
  attestedOutcome,
  type Edition,
  moveOf,
  type RolledControl,
  scoreOf,
  unpackControls,
} from '@plimsoll/core'
import { type AttestationRow, attestationTurns, wordsOf } from '../../store/attestations.ts'
import type { ScoreMove } from '../../store/fleet.ts'
import type { Permitted } from '../../store/permitted.ts'
import type { Client } from '../../store/schema.ts'
import { talliesHeld } from '../../store/tallies.ts'

/** A move of a score, or of how many controls are evaluated. */
export interface Move extends ScoreMove {
  /** How many controls were evaluated; null where only rules spoke. */
  readonly evaluated: { readonly before: number; readonly after: number } | null
}

export interface MovesAsked {
  readonly permitted: Permitted
  readonly clusterId: string | undefined
  /** After the one, up to the other. */
  readonly since: Date
  readonly until: Date
}

/**
 * The instants at which a word that was given, taken back or over made a control come to something else, newest first. A score is what rules
 * saw, so such a move is of what was evaluated; its parts add up to the move of the score all the same, whatever that is.
 */
export async function wordMoves(
  db: Client,
  edition: Edition,
  asked: MovesAsked,
  limit: number,
): Promise<readonly Move[]> {
  const id = { benchmark: edition.benchmark, edition: edition.edition }
  const turns = await attestationTurns(db, asked.permitted, id, asked, limit)
  if (turns.length === 0) return []
  const clusters = [...new Set(turns.map(({ cluster_id }) => cluster_id))]
  const [words, tallies] = await Promise.all([
    wordsOf(db, asked.permitted, id, clusters),
    talliesHeld(db, id, turns),
  ])
  return turns.flatMap(({ cluster_id, at }, place) => {
    const counts = tallies.get(place)
    if (counts?.length !== edition.controls.length) return []
    const own = words.filter(word => word.cluster_id === cluster_id)
    const controls = unpackControls(edition, counts)
    const before = withWords(controls, own, new Date(at.getTime() - 1))
    const after = withWords(controls, own, at)
    if (after.every(({ result }, index) => result.outcome === before[index]?.result.outcome)) return []
    const move = moveOf(edition, before, [{ cause: 'attestations', controls: after }])
    const evaluated = (all: readonly RolledControl[]) => scoreOf(id.benchmark, id.edition, all).evaluated
    return [
      {
        cluster_id,
        at,
        before: move.before,
        after: move.after,
        parts: { attestations: 0, ...move.parts },
        evaluated: { before: evaluated(before), after: evaluated(after) },
      },
    ]
  })
}

const withWords = (controls: readonly RolledControl[], words: readonly AttestationRow[], at: Date) =>
  controls.map(
    ({ part, result }): RolledControl => ({
      part,
      result: attestedOutcome(result, wordAt(words, result.control.id, at)),
    }),
  )

/** The word that holds on a control: the newest that is not taken back; once it is over, no older one stands up in its place. */
function wordAt(words: readonly AttestationRow[], control: string, at: Date): Attestation | undefined {
  const newest = words
    .filter(
      word =>
        word.control === control && word.attested_at <= at && !(word.revoked_at && word.revoked_at <= at),
    )
    .reduce<AttestationRow | undefined>(
      (best, word) => (best && best.attested_at >= word.attested_at ? best : word),
      undefined,
    )
  if (!newest || newest.expires < at.toISOString().slice(0, 10)) return undefined
  const { outcome, statement, attested_by_name: by, expires } = newest
  return { outcome, statement, by, expires }
}
