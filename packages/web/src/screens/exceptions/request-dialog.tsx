// Request dialog: asks for an exception by query; shows what it would hide while it is written.

import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { ExceptionReason } from '@plimsoll/core/contract/client'
import { type FormEvent, type SyntheticEvent, useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useMay, useMe } from '../../data/session.ts'
import { QueryBar } from '../../parts/query-bar.tsx'
import { Failure } from '../../parts/states.tsx'
import { reasonWords } from '../../parts/suppress-dialog.tsx'
import styles from './exceptions.module.css'
import { Preview } from './preview.tsx'
import { inDays, touched } from './words.ts'

const reasons = Object.keys(reasonWords) as ExceptionReason[]

interface RequestDialogProps {
  readonly isOpen: boolean
  readonly close: () => void
  /** Told the id of what was made. */
  readonly onMade: (id: string) => void
}

export const RequestDialog = (props: RequestDialogProps) => (
  <Modal
    opened={props.isOpen}
    onClose={props.close}
    title="New exception"
    size={720}
    closeButtonProps={{ 'aria-label': 'Close' }}
  >
    <RequestForm {...props} />
  </Modal>
)

function RequestForm({ close, onMade }: RequestDialogProps) {
  const { name } = useMe()
  const holdsAtOnce = useMay('approver')
  const request = useChange('requestException', touched)
  const [asked, setAsked] = useState('')
  const [written, setWritten] = useState('')
  const [query] = useDebouncedValue(written.trim(), 300)
  const [owner, setOwner] = useState(name)
  const [reason, setReason] = useState<ExceptionReason>('risk-owned')
  const [comment, setComment] = useState('')
  const [expires, setExpires] = useState(() => inDays(90))
  // The bar tells of a query once it is entered; the preview follows each key.
  const follow = ({ target }: SyntheticEvent) => {
    if (target instanceof HTMLInputElement) setWritten(target.value)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    request.mutate(
      [{ query: written.trim(), owner: owner.trim(), reason, comment: comment.trim(), expires }],
      { onSuccess: ({ id }) => onMade(id) },
    )
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <div role="group" aria-label="What is accepted" onInput={follow} onKeyUp={follow} onBlur={follow}>
          <p className={styles.says}>
            What the query asks for counts as excepted, not as passed, until the last day is over; also what
            comes later and is like it.
          </p>
          <QueryBar
            list="findings"
            value={asked}
            placeholder="rule : privileged-container AND namespace : monitoring"
            onAsk={text => {
              setAsked(text)
              setWritten(text)
            }}
          />
        </div>
        {query !== '' && <Preview cover={{ query }} />}
        <Group grow align="flex-start">
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
        </Group>
        <Textarea
          label="Comment"
          description="Why this is acceptable; whoever reviews it reads this."
          autosize
          minRows={3}
          maxLength={4000}
          value={comment}
          onChange={event => setComment(event.currentTarget.value)}
        />
        {request.error && <Failure error={request.error} />}
        <Group justify="flex-end" gap="xs">
          {!holdsAtOnce && <span className={styles.faint}>It holds once an approver has agreed.</span>}
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            type="submit"
            className={styles.primary}
            loading={request.isPending}
            disabled={written.trim() === ''}
          >
            {holdsAtOnce ? 'Accept' : 'Request'}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
