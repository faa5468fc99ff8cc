// Controls table: the controls of a section, what each came to, and on how many resources.

import type { ComplianceControl, WholeStandard } from '@plimsoll/core/contract/client'
import { OutcomeBadge, SeverityBadge } from '../../parts/badges.tsx'
import { PassFailBar } from '../../parts/bars.tsx'
import plain from '../../parts/plain-table.module.css'
import { wholeNumber } from '../../parts/words.ts'
import styles from './standard.module.css'

interface ControlsTableProps {
  readonly section: WholeStandard['sections'][number]
  readonly open: string | undefined
  readonly onOpen: (id: string) => void
}

export const ControlsTable = ({ section, open, onOpen }: ControlsTableProps) => (
  <section className={styles.section} aria-label={section.title}>
    <h2>
      {/^[\d.]+$/.test(section.id) && `${section.id} `}
      {section.title}
    </h2>
    <div className={styles.scroll}>
      <table className={plain.table}>
        <thead>
          <tr>
            <th scope="col" className={styles.outcome}>
              Outcome
            </th>
            <th scope="col" className={styles.name}>
              Control
            </th>
            <th scope="col" className={styles.severity}>
              Severity
            </th>
            <th scope="col" className={styles.bar}>
              Resources
            </th>
            <th scope="col" className={`${plain.number} ${styles.count}`}>
              Failed
            </th>
            <th scope="col" className={`${plain.number} ${styles.count}`}>
              Passed
            </th>
            <th scope="col" className={`${plain.number} ${styles.count}`}>
              Excepted
            </th>
            <th scope="col" className={`${plain.number} ${styles.count}`} title="Not evaluated">
              Unknown
            </th>
          </tr>
        </thead>
        <tbody>
          {section.controls.map(control => (
            <Row key={control.id} control={control} isOpen={control.id === open} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  </section>
)

interface RowProps {
  readonly control: ComplianceControl
  readonly isOpen: boolean
  readonly onOpen: (id: string) => void
}

function Row({ control, isOpen, onOpen }: RowProps) {
  const { id, title, outcome, severity, attested, reason, passed, failed, excepted, notEvaluated } = control
  return (
    <tr data-open={isOpen || undefined}>
      <td>
        <OutcomeBadge outcome={outcome} {...(attested > 0 && { detail: 'attested' })} />
      </td>
      <td className={plain.cut}>
        <button
          type="button"
          className={styles.control}
          data-row={isOpen ? 'open' : ''}
          aria-expanded={isOpen}
          title={reason ? `${title}\n${reason}` : title}
          onClick={() => onOpen(id)}
        >
          <b>{id}</b> {title}
        </button>
      </td>
      <td>
        <SeverityBadge severity={severity} />
      </td>
      <td>{passed + failed > 0 && <PassFailBar passed={passed} failed={failed} />}</td>
      <Count value={failed} />
      <Count value={passed} />
      <Count value={excepted} />
      <Count value={notEvaluated} isMore={control.unbounded} />
    </tr>
  )
}

const Count = ({ value, isMore = false }: { readonly value: number; readonly isMore?: boolean }) => (
  <td
    className={`${plain.number} ${value === 0 && !isMore ? plain.zero : ''}`}
    {...(isMore && { title: 'An unknown number more: what could not be listed is not counted' })}
  >
    {isMore && value === 0 ? 'some' : wholeNumber(value)}
    {isMore && value > 0 && '+'}
  </td>
)
