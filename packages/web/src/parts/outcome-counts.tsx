// Outcome counts: how many controls came to each outcome, as one bar and as counts that one may choose among.

import { type Outcome, OutcomeBadge, outcomeWord } from './badges.tsx'
import styles from './outcome-counts.module.css'
import { type ControlOutcome, controlOutcomes } from './outcomes.ts'
import { percentOf, wholeNumber } from './words.ts'

type OutcomeTally = Readonly<Partial<Record<ControlOutcome, number>>>

const known = (counts: OutcomeTally) => controlOutcomes.filter(outcome => (counts[outcome] ?? 0) > 0)

/** All outcomes to scale; what is not known is hatched. The numbers are its label. */
export function OutcomeBar({ counts }: { readonly counts: OutcomeTally }) {
  const shown = known(counts)
  const all = shown.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0)
  const label = shown
    .map(outcome => `${outcomeWord(outcome)} ${wholeNumber(counts[outcome] ?? 0)}`)
    .join(', ')
  return (
    <span className={styles.bar} role="img" aria-label={label || 'No controls'} title={label}>
      {shown.map(outcome => (
        <span
          key={outcome}
          data-part={outcome}
          style={{ width: `${percentOf(counts[outcome] ?? 0, all)}%` }}
        />
      ))}
    </span>
  )
}

export const OutcomeCounts = ({ counts }: { readonly counts: OutcomeTally }) => (
  <span className={styles.counts}>
    {known(counts).map(outcome => (
      <OutcomeBadge key={outcome} outcome={outcome} detail={wholeNumber(counts[outcome] ?? 0)} />
    ))}
  </span>
)

interface OutcomeChoiceProps<O extends Outcome> {
  readonly label: string
  readonly choices: readonly { readonly outcome: O; readonly count: number }[]
  readonly chosen: O | undefined
  readonly onChoose: (outcome: O | undefined) => void
}

/** The counts as buttons: one narrows to its outcome, and once more widens again. */
export const OutcomeChoice = <O extends Outcome>({
  label,
  choices,
  chosen,
  onChoose,
}: OutcomeChoiceProps<O>) => (
  <div className={styles.choice} role="group" aria-label={label}>
    {choices.map(({ outcome, count }) => (
      <button
        key={outcome}
        type="button"
        aria-pressed={chosen === outcome}
        onClick={() => onChoose(chosen === outcome ? undefined : outcome)}
      >
        <OutcomeBadge outcome={outcome} detail={wholeNumber(count)} />
      </button>
    ))}
  </div>
)
