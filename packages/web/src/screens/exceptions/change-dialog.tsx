// Change dialog: changes who owns an exception, what is said of it, and until when it holds; what it covers stays.

import { Group, Modal, Stack } from '@mantine/core'
import type { Exception } from '@plimsoll/core/contract/client'
import { type FormEvent, useState } from 'react'
import { useChange } from '../../data/change.ts'
import { CommentField, OwnerField } from '../../parts/acceptance-fields.tsx'
import { FormEnd } from '../../parts/form-end.tsx'
import { LastDayField } from '../../parts/last-day-field.tsx'
import styles from './exceptions.module.css'
import { exceptionName, touched } from './words.ts'

interface ChangeDialogProps {
  readonly exception: Exception
  readonly close: () => void
}

export const ChangeDialog = (props: ChangeDialogProps) => (
  <Modal
    opened
    onClose={props.close}
    title="Change the exception"
    size="lg"
    closeButtonProps={{ 'aria-label': 'Close' }}
  >
    <ChangeForm {...props} />
  </Modal>
)

function ChangeForm({ exception, close }: ChangeDialogProps) {
  const change = useChange('changeException', touched)
  const [owner, setOwner] = useState(exception.owner)
  const [comment, setComment] = useState(exception.comment)
  const [expires, setExpires] = useState(exception.expires)
  // A last day that is over is refused as new, and may stay as it is.
  const values = {
    ...(owner.trim() !== exception.owner && { owner: owner.trim() }),
    ...(comment.trim() !== exception.comment && { comment: comment.trim() }),
    ...(expires !== exception.expires && { expires }),
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate([exception.id, values, exception.version], { onSuccess: close })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <p className={styles.asked}>
          <strong>{exceptionName(exception)}</strong> goes on covering what it covers. For another cover, ask
          for another exception.
        </p>
        <Group grow align="flex-start">
          <OwnerField value={owner} onChange={setOwner} />
          <LastDayField value={expires} onChange={setExpires} />
        </Group>
        <CommentField value={comment} onChange={setComment} />
        <FormEnd
          verb="Save"
          isBusy={change.isPending}
          error={change.error}
          close={close}
          isDisabled={Object.keys(values).length === 0}
        />
      </Stack>
    </form>
  )
}
