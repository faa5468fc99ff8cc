// Suppress dialog: asks what accepting a finding needs: who owns the risk, why, until when.

import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core'
import type { ExceptionReason } from '@plimsoll/core/contract/client'
import { type FormEvent, useState } from 'react'
import { Failure } from './states.tsx'

export const reasonWords: Readonly<Record<ExceptionReason, string>> = {
  'risk-owned': 'Risk accepted',
  'risk-transferred': 'Risk transferred',
  'risk-avoided': 'Risk avoided',
  'risk-mitigated': 'Mitigated elsewhere',
  'not-relevant': 'Not relevant',
  'false-positive': 'False positive',
}
const reasons = Object.keys(reasonWords) as ExceptionReason[]

export interface Acceptance {
  readonly owner: string
  readonly reason: ExceptionReason
  readonly comment: string
  /** The last day on which it holds. */
  readonly expires: string
}

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
}

const dayMilliseconds = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * dayMilliseconds).toISOString().slice(0, 10)

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
}: SuppressDialogProps) {
  const [owner, setOwner] = useState(proposed)
  const [reason, setReason] = useState<ExceptionReason>('risk-owned')
  const [comment, setComment] = useState('')
  const [expires, setExpires] = useState(() => inDays(90))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSuppress({ owner: owner.trim(), reason, comment: comment.trim(), expires })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <p>
          <strong>{what}</strong> is accepted as it is now: it counts as excepted, not as passed, and opens
          again when its evidence changes or the last day is over.
          {!holdsAtOnce && ' It holds once an approver has agreed.'}
        </p>
        <Select
          label="Reason"
          data={reasons.map(value => ({ value, label: reasonWords[value] }))}
          value={reason}
          allowDeselect={false}
          onChange={value => setReason(reasons.find(one => one === value) ?? reason)}
        />
        <TextInput
          label="Owner of the risk"
          required
          maxLength={200}
          value={owner}
          onChange={event => setOwner(event.currentTarget.value)}
        />
        <TextInput
          label="Last day"
          type="date"
          required
          min={inDays(0)}
          value={expires}
          onChange={event => setExpires(event.currentTarget.value)}
        />
        <Textarea
          label="Comment"
          description="Why this is acceptable; whoever reviews it reads this."
          autosize
          minRows={3}
          maxLength={4000}
          value={comment}
          onChange={event => setComment(event.currentTarget.value)}
        />
        {error && <Failure error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy}>
            {holdsAtOnce ? 'Suppress' : 'Request'}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
