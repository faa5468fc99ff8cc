// Bulk: what is done to all findings that were chosen: triage, assignment, comment, suppression.

import { Button, Group, Menu, Modal, Stack, Textarea } from '@mantine/core'
import type { Finding } from '@plimsoll/core/contract/client'
import { IconChevronDown } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useCount, useThing } from '../../data/read.ts'
import { useMay, useMe } from '../../data/session.ts'
import { HiddenPreview } from '../../parts/hidden-preview.tsx'
import { Failure } from '../../parts/states.tsx'
import { SuppressDialog } from '../../parts/suppress-dialog.tsx'
import { counted } from '../../parts/words.ts'
import styles from './findings.module.css'
import { touched, triages, triageWords } from './words.ts'

/** As many as the server changes at once. */
export const mostChosen = 1000

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
            disabled={open.length === 0}
            title={open.length === 0 ? 'None of them fails and is open' : undefined}
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
      <SuppressChosen
        isOpen={dialog === 'suppress'}
        findings={open.map(({ cluster, id }) => ({ cluster: cluster.id, finding: id }))}
        close={() => setDialog(undefined)}
      />
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
  readonly findings: readonly { readonly cluster: string; readonly finding: string }[]
  readonly close: () => void
}

/** All of them are accepted, or none: what changed in between is told, and its place. */
function SuppressChosen({ isOpen, findings, close }: SuppressChosenProps) {
  const { name } = useMe()
  const isApprover = useMay('approver')
  const suppress = useChange('suppressFindings', touched)
  return (
    <SuppressDialog
      isOpen={isOpen}
      what={counted(findings.length, 'finding')}
      owner={name}
      holdsAtOnce={isApprover}
      isBusy={suppress.isPending}
      error={suppress.error}
      onSuppress={acceptance => suppress.mutate([{ findings, ...acceptance }], { onSuccess: close })}
      close={close}
    >
      <Hides findings={findings} />
    </SuppressDialog>
  )
}

const Hides = ({ findings }: Pick<SuppressChosenProps, 'findings'>) => (
  <HiddenPreview read={useCount('previewSuppression', { findings })} />
)
