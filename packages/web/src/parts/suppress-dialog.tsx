// Suppress dialog: asks what accepting a finding needs: who owns the risk, why, until when.

import { Modal, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { type Acceptance, AcceptanceFields, trimmed, useAcceptance } from './acceptance-fields.tsx'
import { FormEnd } from './form-end.tsx'

interface SuppressDialogProps {
  readonly isOpen: boolean
  /** What is accepted: `3 findings`, or a rule and a resource. */
  readonly what: string
  /** Who asks, proposed as the owner. */
  readonly owner: string
  /** True where what is asked for holds at once; else an approver decides. */
  readonly holdsAtOnce: boolean
  readonly isBusy: boolean
  readonly error: Error | null
  readonly onSuppress: (acceptance: Acceptance) => void
  readonly close: () => void
  /** What it would hide, where that is told. */
  readonly children?: ReactNode
}

export const SuppressDialog = (props: SuppressDialogProps) => (
  <Modal
    opened={props.isOpen}
    onClose={props.close}
    title="Suppress"
    closeButtonProps={{ 'aria-label': 'Close' }}
  >
    <SuppressForm {...props} />
  </Modal>
)

function SuppressForm({
  what,
  owner: proposed,
  holdsAtOnce,
  isBusy,
  error,
  onSuppress,
  close,
  children,
}: SuppressDialogProps) {
  const [given, give] = useAcceptance(proposed)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSuppress(trimmed(given))
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <p>
          <strong>{what}</strong> is accepted as it is now: it counts as excepted, not as passed, and opens
          again when its evidence changes or the last day is over.
          {!holdsAtOnce && ' It holds once an approver has agreed.'}
        </p>
        {children}
        <AcceptanceFields given={given} onChange={give} />
        <FormEnd verb={holdsAtOnce ? 'Suppress' : 'Request'} isBusy={isBusy} error={error} close={close} />
      </Stack>
    </form>
  )
}
