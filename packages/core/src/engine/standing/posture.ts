// Posture: what a cluster's assessment adds up to: controls and scores of the cluster and its namespaces, and why scores moved.

import type { Score } from '../../model/assessment.ts'
import type { Edition } from '../../model/benchmark.ts'
import type { Gap } from '../../model/gap.ts'
import type { Result } from '../../model/result.ts'
import type { RolledControl } from '../roll-up.ts'
import { scoreOf } from '../score.ts'
import type { ScoreMove } from './score-move.ts'

/** What an edition came to in a scope. */
export interface EditionPosture {
  readonly edition: Edition
  /** In the edition's order. */
  readonly controls: readonly RolledControl[]
}

export interface Posture {
  readonly editions: readonly EditionPosture[]
  /** The namespaces that may have come to something else than at the step before, each worked out when it is reached. */
  namespaces(): Iterable<{ readonly namespace: string; readonly editions: readonly EditionPosture[] }>
  /** The namespaces that have no asset any more. */
  readonly emptied: readonly string[]
  /** What rules could not be asked, since it could not be listed. */
  readonly unlisted: readonly Result[]
  /** All that could not be read, undecodable resources included. */
  readonly gaps: readonly Gap[]
  /** Undefined where there was nothing to compare with: a first step, or one by another basis. */
  readonly moves: readonly ScoreMove[] | undefined
}

/** A score of an edition, or of one of its sections. */
export interface SectionScore extends Score {
  /** Empty for the whole edition. */
  readonly section: string
}

/** The scores of an edition and of each of its sections that has controls. */
export function scoresOf({ edition, controls }: EditionPosture): SectionScore[] {
  const sections = new Map<string, RolledControl[]>()
  for (const control of controls) {
    const { section } = control.result.control
    const own = sections.get(section)
    if (own) own.push(control)
    else sections.set(section, [control])
  }
  const score = (section: string, own: readonly RolledControl[]): SectionScore => ({
    ...scoreOf(edition.benchmark, edition.edition, own),
    section,
  })
  return [score('', controls), ...[...sections].map(([section, own]) => score(section, own))]
}

/**
 * What controls came to in one namespace. A control none of whose subjects is there does not speak of it: whether the thing it looks for
 * is missing can be said of a cluster only.
 */
export function inNamespace(controls: readonly RolledControl[]): RolledControl[] {
  return controls.map(control => {
    const { passed, failed, excepted, notEvaluated, notApplicable, unbounded } = control.result
    if (passed + failed + excepted + notEvaluated + notApplicable > 0 || unbounded) return control
    return {
      part: 'unscored',
      result: { ...control.result, outcome: 'not-applicable', reason: 'no subject in this namespace' },
    }
  })
}
