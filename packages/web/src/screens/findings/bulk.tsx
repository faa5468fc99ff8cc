// Bulk: what is done to all findings that were chosen: triage, assignment, comment, suppression.

import { Button, Group, Menu, Modal, Stack, Textarea } from '@mantine/core'
import type { Finding } from '@plimsoll/core/contract/client'
import { IconChevronDown } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useChange } from '../../data/change.ts'
import { api } from '../../data/client.ts'
import { useThing } from '../../data/read.ts'
import { useMay, useMe } from '../../data/session.ts'
import type { Acceptance } from '../../parts/acceptance-fields.tsx'
import { Failure } from '../../parts/states.tsx'
import { SuppressDialog } from '../../parts/suppress-dialog.tsx'
import { counted } from '../../parts/words.ts'
import styles from './findings.module.css'
import { touched, triages, triageWords } from './words.ts'

/** As many as the server changes at once. */
export const mostChosen = 1000
/** Each suppression is an exception of its own, bound to the evidence of its finding. */
const mostSuppressed = 100

interface BulkProps {
  readonly chosen: readonly Finding[]
  readonly clear: () => void
}

export function Bulk({ chosen, clear }: BulkProps) {
  const isEditor = useMay('editor')
  const handle = useChange('handleFindings', touched)
  const [dialog, setDialog] = useState<'comment' | 'suppress'>()
  const findings = chosen.map(({ cluster, id }) => ({ cluster: cluster.id, finding: id }))
  const isBusy = handle.isPending
  const open = chosen.filter(({ state, outcome }) => state === 'open' && outcome === 'fail')
  return (
    <div className={styles.bulk} role="region" aria-label="Chosen findings">
      <strong>{counted(chosen.length, 'finding')} chosen</strong>
      {isEditor ? (
        <>
          <Menu position="top-start">
            <Menu.Target>
              <Button variant="default" rightSection={<IconChevronDown size={13} />} loading={isBusy}>
                Triage
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {triages.map(triage => (
                <Menu.Item key={triage} onClick={() => handle.mutate([{ findings, triage }])}>
                  {triageWords[triage]}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          <AssignMenu
            first={chosen[0]}
            isBusy={isBusy}
            onAssign={assignee => handle.mutate([{ findings, assignee }])}
          />
          <Button variant="default" onClick={() => setDialog('comment')}>
            Comment
          </Button>
          <Button
            variant="default"
            disabled={open.length === 0 || open.length > mostSuppressed}
            title={
              open.length === 0
                ? 'None of them fails and is open'
                : open.length > mostSuppressed
                  ? `At most ${mostSuppressed} at once; an exception covers more`
                  : undefined
            }
            onClick={() => setDialog('suppress')}
          >
            Suppress
          </Button>
        </>
      ) : (
        <span>Editors can change findings; you can look at them.</span>
      )}
      <Button variant="subtle" color="gray" onClick={clear}>
        Clear
      </Button>
      {handle.error && <span role="alert">{handle.error.message}</span>}
      {handle.isSuccess && <span role="status">Done.</span>}
      <Modal
        opened={dialog === 'comment'}
        onClose={() => setDialog(undefined)}
        title={`Comment on ${counted(chosen.length, 'finding')}`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <CommentForm
          isBusy={isBusy}
          error={handle.error}
          onComment={comment =>
            handle.mutate([{ findings, comment }], { onSuccess: () => setDialog(undefined) })
          }
        />
      </Modal>
      <SuppressChosen isOpen={dialog === 'suppress'} findings={open} close={() => setDialog(undefined)} />
    </div>
  )
}

interface AssignMenuProps {
  readonly first: Finding | undefined
  readonly isBusy: boolean
  readonly onAssign: (assignee: string | null) => void
}

function AssignMenu({ first, isBusy, onAssign }: AssignMenuProps) {
  const people = useThing('listAssignees', first?.cluster.id ?? '', first?.id ?? '')
  return (
    <Menu position="top-start">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={13} />} loading={isBusy}>
          Assign
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(people.data?.items ?? []).map(({ id, name }) => (
          <Menu.Item key={id} onClick={() => onAssign(id)}>
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => onAssign(null)}>Nobody</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

interface CommentFormProps {
  readonly isBusy: boolean
  readonly error: Error | null
  readonly onComment: (comment: string) => void
}

function CommentForm({ isBusy, error, onComment }: CommentFormProps) {
  const [comment, setComment] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onComment(comment.trim())
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Textarea
          label="Comment"
          data-autofocus
          autosize
          minRows={3}
          maxLength={10_000}
          value={comment}
          onChange={event => setComment(event.currentTarget.value)}
        />
        {error && <Failure error={error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={isBusy} disabled={comment.trim() === ''}>
            Comment
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface SuppressChosenProps {
  readonly isOpen: boolean
  readonly findings: readonly Finding[]
  readonly close: () => void
}

function SuppressChosen({ isOpen, findings, close }: SuppressChosenProps) {
  const queries = useQueryClient()
  const { name } = useMe()
  const isApprover = useMay('approver')
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<Error | null>(null)
  // One after the other: where one is refused, those before it hold, and the list says which.
  const suppress = async (acceptance: Acceptance) => {
    setBusy(true)
    setError(null)
    try {
      for (const { cluster, id } of findings) await api.suppressFinding(cluster.id, id, acceptance)
      close()
    } catch (cause) {
      setError(cause instanceof Error ? cause : new Error(String(cause)))
    } finally {
      setBusy(false)
      await Promise.all(touched.map(operation => queries.invalidateQueries({ queryKey: [operation] })))
    }
  }
  return (
    <SuppressDialog
      isOpen={isOpen}
      what={counted(findings.length, 'finding')}
      owner={name}
      holdsAtOnce={isApprover}
      isBusy={isBusy}
      error={error}
      onSuppress={acceptance => void suppress(acceptance)}
      close={close}
    />
  )
}
