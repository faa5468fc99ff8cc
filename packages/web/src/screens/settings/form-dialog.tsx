// Form dialog: fields in a dialog with its buttons and its failure; and the dialog that tells a secret once.

import { Button, Group, Modal, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { CopyButton } from '../../parts/copy-button.tsx'
import { FormEnd } from '../../parts/form-end.tsx'
import styles from './settings.module.css'

interface FormDialogProps {
  readonly title: string
  readonly verb: string
  readonly isBusy: boolean
  readonly error: Error | null
  readonly onSubmit: () => void
  readonly close: () => void
  readonly children: ReactNode
}

export function FormDialog({ title, verb, isBusy, error, onSubmit, close, children }: FormDialogProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Modal opened onClose={close} title={title} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {children}
          <FormEnd verb={verb} isBusy={isBusy} error={error} close={close} />
        </Stack>
      </form>
    </Modal>
  )
}

interface SecretDialogProps {
  readonly title: string
  readonly secret: string
  readonly says: string
  readonly close: () => void
}

export const SecretDialog = ({ title, secret, says, close }: SecretDialogProps) => (
  <Modal
    opened
    onClose={close}
    title={title}
    closeOnClickOutside={false}
    closeButtonProps={{ 'aria-label': 'Close' }}
  >
    <Stack gap="sm">
      <p>{says}</p>
      <div className={styles.secret}>
        <code>{secret}</code>
        <CopyButton label="Copy" text={secret} />
      </div>
      <Group justify="flex-end">
        <Button onClick={close}>Done</Button>
      </Group>
    </Stack>
  </Modal>
)
