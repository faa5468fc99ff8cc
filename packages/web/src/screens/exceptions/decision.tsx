// Decision: approves, rejects, changes or revokes an exception, or takes a request back; shows each to who may.

import { Button, Textarea } from '@mantine/core'
import type { Exception } from '@plimsoll/core/contract/client'
import { useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useMay, useMe } from '../../data/session.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import styles from './exceptions.module.css'
import { exceptionName, touched } from './words.ts'

type Deed = 'approve' | 'reject' | 'revoke' | 'take back'

const deeds = {
  approve: { verb: 'Approve', says: 'holds from now on: what it covers counts as excepted.' },
  reject: { verb: 'Reject', says: 'is refused; what it asks for stays open.' },
  revoke: { verb: 'Revoke', says: 'ends: what it covers counts as failed again.' },
  'take back': { verb: 'Take back', says: 'is asked for no longer.' },
} as const

export function Decision({ exception }: { readonly exception: Exception }) {
  const { name } = useMe()
  const isApprover = useMay('approver')
  const isEditor = useMay('editor')
  const approve = useChange('approveException', touched)
  const reject = useChange('rejectException', touched)
  const revoke = useChange('revokeException', touched)
  const [deed, setDeed] = useState<Deed>()
  const [comment, setComment] = useState('')
  const [isChanging, setChanging] = useState(false)
  const { state, requestedBy, id } = exception
  const isOwn = isEditor && requestedBy === name
  const open: readonly Deed[] =
    state === 'requested'
      ? [...(isApprover ? (['approve', 'reject'] as const) : []), ...(isOwn ? (['take back'] as const) : [])]
      : state === 'approved' && isApprover
        ? ['revoke']
        : []
  const change = deed === 'approve' ? approve : deed === 'reject' ? reject : revoke
  const close = () => {
    change.reset()
    setDeed(undefined)
    setComment('')
  }
  return (
    <div className={styles.actions}>
      {open.map(one => (
        <Button key={one} variant={one === 'approve' ? 'filled' : 'default'} onClick={() => setDeed(one)}>
          {deeds[one].verb}
        </Button>
      ))}
      {isApprover && (state === 'requested' || state === 'approved') && (
        <Button variant="default" onClick={() => setChanging(true)}>
          Change
        </Button>
      )}
      {isChanging && <ChangeDialog exception={exception} close={() => setChanging(false)} />}
      {!isApprover && state === 'requested' && <span className={styles.faint}>Approvers decide it.</span>}
      {!isApprover && state === 'approved' && <span className={styles.faint}>Approvers can revoke it.</span>}
      {deed && (
        <ConfirmDialog
          isOpen
          title={`${deeds[deed].verb} the exception`}
          verb={deeds[deed].verb}
          isDangerous={deed === 'revoke'}
          isBusy={change.isPending}
          error={change.error}
          close={close}
          onConfirm={() =>
            change.mutate([id, comment.trim() === '' ? {} : { comment: comment.trim() }], {
              onSuccess: close,
            })
          }
        >
          <p className={styles.asked}>
            <strong>{exceptionName(exception)}</strong> {deeds[deed].says}
          </p>
          <Textarea
            label="Comment"
            data-autofocus
            autosize
            minRows={2}
            maxLength={4000}
            mt="sm"
            value={comment}
            onChange={event => setComment(event.currentTarget.value)}
          />
        </ConfirmDialog>
      )}
    </div>
  )
}
