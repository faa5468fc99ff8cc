// List parts: what the lists of the settings are made of: a table of what there is, the buttons of a row, and asking before one goes.

import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import plain from '../../parts/plain-table.module.css'
import styles from './settings.module.css'

interface SettingsTableProps {
  readonly columns: readonly string[]
  /** Its rows. */
  readonly children: ReactNode
}

export const SettingsTable = ({ columns, children }: SettingsTableProps) => (
  <div className={styles.wide}>
    <table className={plain.table}>
      <thead>
        <tr>
          {columns.map(column => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
)

interface RowButtonProps {
  readonly verb: string
  /** What of: told to those who hear the button alone. */
  readonly of: string
  readonly onClick: () => void
}

export const RowButton = ({ verb, of, onClick }: RowButtonProps) => (
  <Button variant="default" size="compact-sm" aria-label={`${verb} ${of}`} onClick={onClick}>
    {verb}
  </Button>
)

interface Named {
  readonly id: string
  readonly name: string
}

/** The change that ends a thing by its id. */
interface Ending {
  readonly isPending: boolean
  readonly error: Error | null
  readonly mutate: (given: [id: string], then: { readonly onSuccess: () => void }) => void
}

interface EndDialogProps {
  /** What is to go; null while nothing is. */
  readonly leaving: Named | null
  readonly ending: Ending
  readonly verb?: string
  readonly close: () => void
  /** What happens then. */
  readonly children: ReactNode
}

export const EndDialog = ({ leaving, ending, verb = 'Remove', close, children }: EndDialogProps) =>
  leaving && (
    <ConfirmDialog
      isOpen
      isDangerous
      title={`${verb} ${leaving.name}?`}
      verb={verb}
      isBusy={ending.isPending}
      error={ending.error}
      onConfirm={() => ending.mutate([leaving.id], { onSuccess: close })}
      close={close}
    >
      {children}
    </ConfirmDialog>
  )
