// Controls: the controls of a section with the rules below each, and a switch for all of them.

import { Switch } from '@mantine/core'
import type { WholeBenchmark } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { SeverityBadge } from '../../parts/badges.tsx'
import { actualText } from '../../parts/words.ts'
import styles from './rules.module.css'
import type { Target } from './settings.ts'
import type { Turn } from './turn-dialog.tsx'

type Section = WholeBenchmark['sections'][number]
type Control = Section['controls'][number]

interface ControlsProps {
  readonly benchmark: string
  readonly edition: string
  readonly section: Section
  /** Undefined for who may not change profiles. */
  readonly onTurn: ((turn: Turn) => void) | undefined
}

export const Controls = ({ benchmark, edition, section, onTurn }: ControlsProps) => (
  <section className={styles.section} aria-label={section.title}>
    <h2>
      {/^[\d.]+$/.test(section.id) && `${section.id} `}
      {section.title}
    </h2>
    <ul>
      {section.controls.map(control => (
        <ControlItem
          key={control.id}
          benchmark={benchmark}
          edition={edition}
          control={control}
          onTurn={onTurn}
        />
      ))}
    </ul>
  </section>
)

interface ControlItemProps extends Omit<ControlsProps, 'section'> {
  readonly control: Control
}

function ControlItem({ benchmark, edition, control, onTurn }: ControlItemProps) {
  const { id, title, severity, automated, level, undecided, rules, enabled, reason } = control
  return (
    <li>
      <div className={styles.control} data-off={!enabled || undefined}>
        <OnOff
          target={{ type: 'control', benchmark, edition, id }}
          title={title}
          isOn={enabled}
          onTurn={onTurn}
        />
        <div className={styles.what}>
          <Link
            data-row
            to="/compliance/$benchmark/$edition"
            params={{ benchmark, edition }}
            search={{ control: id }}
          >
            <b>{id}</b> {title}
          </Link>
          {!enabled && <p className={styles.reason}>Off: {reason}</p>}
          {undecided && <p className={styles.fine}>{undecided}</p>}
        </div>
        <span className={styles.fine}>
          {automated ? 'Automated' : 'Manual'}
          {level !== null && ` · L${level}`}
        </span>
        <SeverityBadge severity={severity} />
      </div>
      {rules.map(rule => (
        <div key={rule.id} className={styles.rule} data-off={!rule.enabled || undefined}>
          <OnOff
            target={{ type: 'rule', id: rule.id }}
            title={rule.title}
            isOn={rule.enabled}
            onTurn={onTurn}
          />
          <div className={styles.what}>
            <Link to="/findings" search={{ q: `rule : ${JSON.stringify(rule.id)}` }}>
              <code>{rule.id}</code>
            </Link>{' '}
            <span>{rule.title}</span>
            {Object.keys(rule.parameters).length > 0 && (
              <p className={styles.fine}>
                {Object.entries(rule.parameters)
                  .map(([name, value]) => `${name}: ${actualText(value)}`)
                  .join(' · ')}
              </p>
            )}
            {!rule.enabled && <p className={styles.reason}>Off: {rule.reason ?? 'by itself'}</p>}
          </div>
          <span />
          <SeverityBadge severity={rule.severity} />
        </div>
      ))}
    </li>
  )
}

interface OnOffProps {
  readonly target: Target
  readonly title: string
  readonly isOn: boolean
  readonly onTurn: ControlsProps['onTurn']
}

const OnOff = ({ target, title, isOn, onTurn }: OnOffProps) => (
  <Switch
    size="xs"
    aria-label={`${target.type === 'rule' ? 'Rule' : 'Control'} ${target.id}`}
    checked={isOn}
    disabled={!onTurn}
    onChange={() => onTurn?.({ target, title, isOn })}
  />
)
