// Confirm dialog: asks before something that cannot be taken back, says what it does, and shows why it failed.

import { Button, Group, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { Failure } from './states.tsx'

interface ConfirmDialogProps {
  readonly isOpen: boolean
  readonly title: string
  /** What happens then. */
  readonly children: ReactNode
  /** The verb on the button. */
  readonly verb: string
  readonly isDangerous?: boolean
  readonly isBusy?: boolean
  readonly error?: Error | null
  readonly onConfirm: () => void
  readonly close: () => void
}

export const ConfirmDialog = (props: ConfirmDialogProps) => (
  <Modal
    opened={props.isOpen}
    onClose={props.close}
    title={props.title}
    closeButtonProps={{ 'aria-label': 'Close' }}
  >
    {props.children}
    {props.error && <Failure error={props.error} />}
    <Group justify="flex-end" gap="xs" mt="md">
      <Button variant="default" onClick={props.close}>
        Cancel
      </Button>
      <Button
        color={props.isDangerous ? 'red' : 'blue'}
        loading={props.isBusy ?? false}
        onClick={props.onConfirm}
      >
        {props.verb}
      </Button>
    </Group>
  </Modal>
)
