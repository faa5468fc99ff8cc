// Sections: the sections of a standard with what fails in each and how much of each passes.

import type { WholeStandard } from '@plimsoll/core/contract/client'
import { ScoreBar, ScoreNumber } from '../../parts/score.tsx'
import { wholeNumber } from '../../parts/words.ts'
import styles from './standard.module.css'

type Section = WholeStandard['sections'][number]

interface SectionsProps {
  readonly sections: readonly Section[]
  readonly chosen: string | undefined
  readonly onChoose: (id: string | undefined) => void
}

const failing = ({ controls }: Section) => controls.filter(({ outcome }) => outcome === 'fail').length

export const Sections = ({ sections, chosen, onChoose }: SectionsProps) => (
  <nav className={styles.sections} aria-label="Sections">
    <button type="button" aria-pressed={chosen === undefined} onClick={() => onChoose(undefined)}>
      <span className={styles.sectionName}>All sections</span>
      <span className={styles.failing}>
        {wholeNumber(sections.reduce((sum, one) => sum + failing(one), 0))} fail
      </span>
    </button>
    {sections.map(section => {
      const count = failing(section)
      return (
        <button
          key={section.id}
          type="button"
          aria-pressed={chosen === section.id}
          title={section.title}
          onClick={() => onChoose(chosen === section.id ? undefined : section.id)}
        >
          <span className={styles.sectionName}>
            {/^[\d.]+$/.test(section.id) && <b>{section.id}</b>} {section.title}
          </span>
          <span className={styles.failing} data-none={count === 0 || undefined}>
            {wholeNumber(count)} fail
          </span>
          <span className={styles.sectionScore}>
            <ScoreBar score={section.score} height={4} />
            <ScoreNumber score={section.score} />
          </span>
        </button>
      )
    })}
  </nav>
)
