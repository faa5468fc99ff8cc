// Score move: why a cluster's score under an edition is another than before, in parts that add up to the move exactly.

import type { Edition } from '../../model/benchmark.ts'
import type { RolledControl } from '../roll-up.ts'
import { scoreOf } from '../score.ts'
import { type Status, status } from '../status.ts'

/**
 * What moves a score. `rules`: other rules, parameters, editions or controls. `coverage`: seen now and not before, or the other way.
 * `exceptions`: accepted, or no longer. `removed` and `added`: subjects that went and came. `fixed` and `failed`: subjects that were
 * judged before too, and otherwise. `attestations`: people's words, which come after all that rules say.
 */
export const moveCauses = [
  'rules',
  'coverage',
  'exceptions',
  'removed',
  'added',
  'fixed',
  'failed',
  'attestations',
] as const
export type MoveCause = (typeof moveCauses)[number]

export interface ScoreMove {
  readonly benchmark: string
  readonly edition: string
  /** As shown; null where not all was seen. */
  readonly before: number | null
  readonly after: number | null
  /**
   * Points by cause; their sum is `after − before`. Empty where either is null, for there is then no number that moved.
   */
  readonly parts: Readonly<Partial<Record<MoveCause, number>>>
}

const isUnseen = (own: Status) => own === status.notEvaluated || own === status.error
const isNoSubject = (own: Status) => own === status.none || own === status.notApplicable

/** Why a subject's status is another; undefined where it is the same. */
export function causeOf(
  before: Status,
  after: Status,
): Exclude<MoveCause, 'rules' | 'attestations'> | undefined {
  if (before === after) return undefined
  if (isNoSubject(before)) return 'added'
  if (isNoSubject(after)) return 'removed'
  if (isUnseen(before) || isUnseen(after)) return 'coverage'
  if (before === status.excepted || after === status.excepted)
    return after === status.pass ? 'fixed' : 'exceptions'
  return after === status.pass ? 'fixed' : 'failed'
}

/**
 * The move of an edition's score over steps, each of them one cause taken into account beside those before it: a part is what its step
 * adds. The order of the steps is that of `moveCauses`; another order would share out the same move otherwise.
 */
export function moveOf(
  edition: Pick<Edition, 'benchmark' | 'edition'>,
  before: readonly RolledControl[],
  steps: readonly { readonly cause: MoveCause; readonly controls: readonly RolledControl[] }[],
): ScoreMove {
  const { benchmark, edition: id } = edition
  const last = steps.at(-1)?.controls ?? before
  const first = scoreOf(benchmark, id, before).value
  const end = scoreOf(benchmark, id, last).value
  if (first === null || end === null) return { benchmark, edition: id, before: first, after: end, parts: {} }
  const parts: Partial<Record<MoveCause, number>> = {}
  let at = tenths(first)
  for (const { cause, controls } of steps) {
    const next = seenTenths(benchmark, id, controls) ?? at
    if (next !== at) parts[cause] = ((parts[cause] ?? 0) * 10 + (next - at)) / 10
    at = next
  }
  return { benchmark, edition: id, before: first, after: end, parts }
}

/** The score of what was seen, whatever was not: between two that are whole, it tells the way. */
function seenTenths(
  benchmark: string,
  edition: string,
  controls: readonly RolledControl[],
): number | undefined {
  const { value } = scoreOf(
    benchmark,
    edition,
    controls.map(({ result, part }) => ({ part, result: { ...result, notEvaluated: 0, unbounded: false } })),
  )
  return value === null ? undefined : tenths(value)
}

const tenths = (value: number) => Math.round(value * 10)
