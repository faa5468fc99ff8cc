// Posture: what controls, sections and scores come to over all that a caller sees, worked out once for as long as nothing changes.

import { type Edition, mergeControls, type RolledControl, scoreOf } from '@plimsoll/core'
import type { Permitted } from '../../store/permitted.ts'
import { type EditionId, type EditionStamp, visibleEditions } from '../../store/posture.ts'
import { attestedScopes, wordsStamp } from './attested.ts'
import type { Reading } from './reading.ts'

export interface PostureAsked {
  readonly permitted: Permitted
  readonly at: Date | undefined
  readonly clusterId: string | undefined
}

export interface EditionPosture {
  readonly edition: Edition
  readonly clusters: number
  /** In the edition's order. */
  readonly controls: readonly RolledControl[]
  /** In how many clusters a person's word decides each of them. */
  readonly attested: readonly number[]
}

export interface Posture {
  /** The editions that what the caller sees was judged by, those of most clusters first. */
  editions(asked: PostureAsked): Promise<readonly EditionStamp[]>
  /** Undefined where nothing that the caller sees was judged by it. */
  of(
    asked: PostureAsked,
    edition: EditionId,
    /** What `editions` just gave, where it was asked before. */
    known?: readonly EditionStamp[],
  ): Promise<EditionPosture | undefined>
}

/** Sums kept at a time: some for each edition and view of the fleet. */
const most = 256

/** Sums over all clusters are kept until a tally or an attestation changes; which they are is asked of the database each time. */
export function postureOf(reading: Reading): Posture {
  const kept = new Map<string, EditionPosture>()
  const editions = (asked: PostureAsked) =>
    visibleEditions(reading.db, asked.permitted, asked.at, asked.clusterId)
  return {
    editions,
    async of(asked, id, stamps) {
      const edition = reading.editions.find(
        one => one.benchmark === id.benchmark && one.edition === id.edition,
      )
      if (!edition) return undefined
      const found = (stamps ?? (await editions(asked))).find(
        one => one.benchmark === id.benchmark && one.edition === id.edition,
      )
      if (!found) return undefined
      const { permitted, at, clusterId } = asked
      const words = await wordsStamp(reading, edition, asked)
      const key = JSON.stringify([id.benchmark, id.edition, permitted, at, clusterId, found.stamp, words])
      const known = kept.get(key)
      if (known) return known
      const scopes = await attestedScopes(reading, edition, asked)
      const controls = mergeControls(scopes.map(scope => scope.controls))
      if (!controls) return undefined
      const attested = controls.map((_, place) => scopes.filter(({ words: own }) => own.has(place)).length)
      const own = { edition, clusters: found.clusters, controls, attested }
      kept.set(key, own)
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break
        kept.delete(oldest)
      }
      return own
    },
  }
}

/** The score of an edition, or of some of its controls. */
export function scoreFor({ edition, controls }: EditionPosture, sectionId?: string) {
  const own =
    sectionId === undefined ? controls : controls.filter(one => one.result.control.section === sectionId)
  const { value, low, high, evaluated, notEvaluated } = scoreOf(edition.benchmark, edition.edition, own)
  return { value, low, high, evaluated, notEvaluated }
}

/** A control of a standard, with in how many clusters a person decides it. */
export interface AttestedControl extends RolledControl {
  readonly attested: number
}

export const controlsOf = ({ controls, attested }: EditionPosture): readonly AttestedControl[] =>
  controls.map((control, place) => ({ ...control, attested: attested[place] ?? 0 }))

export function sectionsOf(posture: EditionPosture) {
  return posture.edition.sections
    .map(({ id, title }) => ({
      id,
      title,
      score: scoreFor(posture, id),
      controls: controlsOf(posture).filter(one => one.result.control.section === id),
    }))
    .filter(section => section.controls.length > 0)
}

export function outcomesOf({ controls }: EditionPosture): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { result } of controls) counts[result.outcome] = (counts[result.outcome] ?? 0) + 1
  return counts
}

export function controlView({ result, attested }: AttestedControl) {
  const { control, outcome, reason, passed, failed, excepted, notEvaluated, notApplicable, unbounded } =
    result
  return {
    id: control.id,
    title: control.title,
    section: control.section,
    severity: control.severity,
    automated: control.automated,
    level: control.level ?? null,
    requirement: control.requirement ?? null,
    remediation: control.remediation ?? null,
    rules: control.rules.map(({ rule, parameters }) => ({ rule, parameters: parameters ?? null })),
    outcome,
    reason: reason ?? null,
    attested,
    passed,
    failed,
    excepted,
    notEvaluated,
    notApplicable,
    unbounded,
  }
}
