// Ledger: keeps the counts of subjects while assets are judged, and tells at the end of a step what they add up to and what moved.

import type { Edition } from '../../model/benchmark.ts'
import type { Gap } from '../../model/gap.ts'
import type { PlannedControl, PlanSet } from '../plan-set.ts'
import { type RolledControl, rollUpEditions } from '../roll-up.ts'
import { type Status, status } from '../status.ts'
import { type Tally, tallyControls } from '../tally.ts'
import { hideSubjects } from './hidden-subjects.ts'
import { type EditionPosture, inNamespace, type Posture } from './posture.ts'
import { type Counts, countScopes, type Judged, statusCount } from './scope-counts.ts'
import { causeOf, type MoveCause, moveCauses, moveOf, type ScoreMove } from './score-move.ts'

type Gaps = readonly (Gap | undefined)[]

export interface Ledger {
  /** A step begins, by plans and controls equal to those before. */
  begin(set: PlanSet): void
  /** An asset was judged so, instead of so. */
  replace(before: Judged | undefined, after: Judged | undefined): void
  /** The step is done; `unsound` are the gaps of resources that cannot be decoded. */
  settle(gaps: readonly Gap[], stale: Gap | undefined, unsound: readonly Gap[]): Posture
}

export function keepCount(first: PlanSet): Ledger {
  let set = first
  let controls = tallyControls(set.controls)
  let distinct = distinctOf(controls)
  const counts = countScopes(distinct, set.plans.length)
  let before = counts.cluster.slice()
  let hiddenBefore: Gaps | undefined
  const deltas = new Map<MoveCause, Counts>()

  const rolled = (of: Counts, hidden: Gaps, reasonOf: (tally: number) => string | undefined) =>
    rollUpEditions(set.controls, talliesOf(of, hidden, reasonOf))
  const noReason = () => undefined

  /** Counts in the form in which they are rolled up. */
  const talliesOf = (of: Counts, hidden: Gaps, reasonOf: (tally: number) => string | undefined) => {
    const made = new Map(
      distinct.map(({ plans }, index): [Tally, Tally] => [
        distinct[index] as Tally,
        {
          plans,
          subjects: [...of.subarray(index * statusCount, (index + 1) * statusCount)],
          unbounded: hidden[index],
          reason: reasonOf(index),
        },
      ]),
    )
    return new Map([...controls].map(([control, tally]) => [control, made.get(tally) as Tally]))
  }

  const move = (tally: number, from: Status, to: Status) => {
    const cause = causeOf(from, to)
    if (!cause) return
    let own = deltas.get(cause)
    if (!own) {
      own = new Int32Array(counts.cluster.length)
      deltas.set(cause, own)
    }
    const at = tally * statusCount
    own[at + from] = (own[at + from] as number) - 1
    own[at + to] = (own[at + to] as number) + 1
  }

  /** Why each edition's score is another than before the step. */
  const movesSince = (hidden: Gaps): ScoreMove[] | undefined => {
    if (!hiddenBefore) return undefined
    let at = before
    let hiddenAt = hiddenBefore
    const steps: { readonly cause: MoveCause; readonly rolled: Map<Edition, RolledControl[]> }[] = []
    for (const cause of moveCauses) {
      const delta = deltas.get(cause)
      if (!delta && cause !== 'coverage') continue
      if (cause === 'coverage') hiddenAt = hidden
      if (delta) at = at.map((count, index) => count + (delta[index] as number))
      steps.push({ cause, rolled: rolled(at, hiddenAt, noReason) })
    }
    return [...rolled(before, hiddenBefore, noReason)].map(([edition, own]) =>
      moveOf(
        edition,
        own,
        steps.map(({ cause, rolled: then }) => ({ cause, controls: then.get(edition) ?? [] })),
      ),
    )
  }

  return {
    begin(next) {
      set = next
      controls = tallyControls(set.controls)
      distinct = distinctOf(controls)
      before = counts.cluster.slice()
      deltas.clear()
    },
    replace(old, now) {
      if (old === now || (old && now && isSame(old, now))) return
      if (old) counts.add(old, -1)
      if (now) counts.add(now, 1)
      if (old?.vector === now?.vector) return
      const from = old ? counts.standingOf(old.vector) : []
      const to = now ? counts.standingOf(now.vector) : []
      // Both are in the order of the tallies.
      let i = 0
      let j = 0
      while (i < from.length || j < to.length) {
        const a = from[i] ?? Number.POSITIVE_INFINITY
        const b = to[j] ?? Number.POSITIVE_INFINITY
        const tally = Math.min(a, b)
        move(
          tally,
          (a === tally ? from[i + 1] : status.none) as Status,
          (b === tally ? to[j + 1] : status.none) as Status,
        )
        if (a === tally) i += 2
        if (b === tally) j += 2
      }
    },
    settle(gaps, stale, unsound) {
      const subjects = hideSubjects(distinct, set.plans, gaps, stale)
      const hidden = subjects.cluster
      const moves = movesSince(hidden)
      const isOtherwise = !hiddenBefore || JSON.stringify(hidden) !== JSON.stringify(hiddenBefore)
      const namespaces = isOtherwise ? [...counts.namespaces.keys()] : [...counts.touched]
      const emptied = [...counts.touched].filter(name => !counts.namespaces.has(name))
      hiddenBefore = hidden
      counts.settle()
      return {
        editions: posturesOf(rolled(counts.cluster, hidden, counts.reasonOf)),
        emptied,
        unlisted: subjects.results(),
        gaps: [...gaps, ...(stale ? [stale] : []), ...unsound],
        moves,
        *namespaces() {
          for (const namespace of namespaces) {
            const own = counts.namespaces.get(namespace)
            if (!own) continue
            const editions = posturesOf(rolled(own, subjects.inNamespace(namespace), counts.reasonOf))
            yield {
              namespace,
              editions: editions.map(one => ({ ...one, controls: inNamespace(one.controls) })),
            }
          }
        },
      }
    },
  }
}

const isSame = (a: Judged, b: Judged) =>
  a.vector === b.vector && a.reasons === b.reasons && a.namespace === b.namespace

const distinctOf = (controls: ReadonlyMap<PlannedControl, Tally>) => [...new Set(controls.values())]

const posturesOf = (rolled: ReadonlyMap<Edition, readonly RolledControl[]>): EditionPosture[] =>
  [...rolled].map(([edition, controls]) => ({ edition, controls }))
