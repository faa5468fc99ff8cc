// Request dialog: asks for an exception by query; shows what it would hide while it is written.

import { Modal, Stack } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type FormEvent, type SyntheticEvent, useEffect, useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useMay, useMe } from '../../data/session.ts'
import { AcceptanceFields, trimmed, useAcceptance } from '../../parts/acceptance-fields.tsx'
import { FormEnd } from '../../parts/form-end.tsx'
import { QueryBar } from '../../parts/query-bar.tsx'
import styles from './exceptions.module.css'
import { Preview } from './preview.tsx'
import { touched } from './words.ts'

interface RequestDialogProps {
  /** As far as it is written; undefined: it is closed. */
  readonly query: string | undefined
  /** Told what is written, once one pauses. */
  readonly onWritten: (query: string) => void
  readonly close: () => void
  /** Told the id of what was made. */
  readonly onMade: (id: string) => void
}

export const RequestDialog = (props: RequestDialogProps) => (
  <Modal
    opened={props.query !== undefined}
    onClose={props.close}
    title="New exception"
    size={720}
    closeButtonProps={{ 'aria-label': 'Close' }}
  >
    <RequestForm {...props} />
  </Modal>
)

function RequestForm({ query: given, onWritten, close, onMade }: RequestDialogProps) {
  const { name } = useMe()
  const holdsAtOnce = useMay('approver')
  const request = useChange('requestException', touched)
  const [asked, setAsked] = useState(given ?? '')
  const [written, setWritten] = useState(given ?? '')
  const [query] = useDebouncedValue(written.trim(), 300)
  const [acceptance, accept] = useAcceptance(name)
  useEffect(() => {
    // While the dialog closes the form is still there, and must not open it again.
    if (given !== undefined && query !== given) onWritten(query)
  }, [query, given, onWritten])
  // The bar tells of a query once it is entered; the preview follows each key.
  const follow = ({ target }: SyntheticEvent) => {
    if (target instanceof HTMLInputElement) setWritten(target.value)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    request.mutate([{ query: written.trim(), ...trimmed(acceptance) }], { onSuccess: ({ id }) => onMade(id) })
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
        <AcceptanceFields isWide given={acceptance} onChange={accept} />
        <FormEnd
          verb={holdsAtOnce ? 'Accept' : 'Request'}
          isBusy={request.isPending}
          error={request.error}
          close={close}
          isDisabled={written.trim() === ''}
        >
          {!holdsAtOnce && <span className={styles.faint}>It holds once an approver has agreed.</span>}
        </FormEnd>
      </Stack>
    </form>
  )
}
