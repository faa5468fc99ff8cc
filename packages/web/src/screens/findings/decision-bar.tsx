// Decision bar: what people decide about a finding: its triage, who has it, whether it is accepted.

import { Button, Select } from '@mantine/core'
import type { WholeFinding } from '@plimsoll/core/contract/client'
import { useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useThingIf } from '../../data/read.ts'
import { useMay, useMe } from '../../data/session.ts'
import { reasonWords } from '../../parts/acceptance-fields.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { SuppressDialog } from '../../parts/suppress-dialog.tsx'
import { dayOf } from '../../parts/time.tsx'
import styles from './findings.module.css'
import { touched, triages, triageWord, triageWords } from './words.ts'

const nobody = 'nobody'

export function DecisionBar({ finding }: { readonly finding: WholeFinding }) {
  const isEditor = useMay('editor')
  const isOpenFailure = finding.state === 'open' && finding.outcome === 'fail'
  return (
    <>
      <div className={styles.decisions}>
        {isEditor ? (
          <>
            <TriageSelect finding={finding} />
            <AssigneeSelect finding={finding} />
          </>
        ) : (
          <span className={styles.faint}>
            {triageWord(finding.triage)} · {finding.assignee ?? 'nobody has it'}
          </span>
        )}
        <span className={styles.space} />
        {isOpenFailure && <Suppress finding={finding} isEditor={isEditor} />}
      </div>
      {finding.exception !== null && (
        <Accepted finding={finding} id={finding.exception} isEditor={isEditor} />
      )}
    </>
  )
}

function TriageSelect({ finding }: { readonly finding: WholeFinding }) {
  const change = useChange('triageFinding', touched)
  return (
    <Select
      aria-label="Triage"
      w={140}
      data={triages.map(value => ({ value, label: triageWords[value] }))}
      value={finding.triage}
      allowDeselect={false}
      disabled={change.isPending}
      error={change.error?.message}
      onChange={value => {
        const triage = triages.find(one => one === value)
        if (triage && triage !== finding.triage) change.mutate([finding.cluster.id, finding.id, { triage }])
      }}
    />
  )
}

function AssigneeSelect({ finding }: { readonly finding: WholeFinding }) {
  const [isAsked, setAsked] = useState(finding.assignee !== null)
  const people = useThingIf(isAsked, 'listAssignees', finding.cluster.id, finding.id)
  const change = useChange('assignFinding', touched)
  const items = people.data?.items ?? []
  const current = items.find(({ id, name, login }) => [id, name, login].includes(finding.assignee ?? ''))
  return (
    <Select
      aria-label="Assignee"
      w={170}
      data={[
        { value: nobody, label: 'Nobody' },
        ...items.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={current?.id ?? nobody}
      allowDeselect={false}
      searchable={items.length > 8}
      disabled={change.isPending}
      error={change.error?.message ?? people.error?.message}
      onDropdownOpen={() => setAsked(true)}
      onChange={value => {
        const assignee = value === nobody ? null : value
        if (assignee !== (current?.id ?? null)) change.mutate([finding.cluster.id, finding.id, { assignee }])
      }}
    />
  )
}

interface DecisionProps {
  readonly finding: WholeFinding
  readonly isEditor: boolean
}

function Suppress({ finding, isEditor }: DecisionProps) {
  const { name } = useMe()
  const isApprover = useMay('approver')
  const suppress = useChange('suppressFinding', touched)
  const [isOpen, setOpen] = useState(false)
  if (suppress.data?.state === 'requested') return <span role="status">Asked for; an approver decides.</span>
  return (
    <>
      <Button
        variant="default"
        disabled={!isEditor}
        title={isEditor ? undefined : 'Editors may suppress findings'}
        onClick={() => setOpen(true)}
      >
        Suppress
      </Button>
      <SuppressDialog
        isOpen={isOpen}
        what={`${finding.rule.title} on ${finding.resource.key}`}
        owner={name}
        holdsAtOnce={isApprover}
        isBusy={suppress.isPending}
        error={suppress.error}
        close={() => setOpen(false)}
        onSuppress={acceptance =>
          suppress.mutate([finding.cluster.id, finding.id, acceptance], { onSuccess: () => setOpen(false) })
        }
      />
    </>
  )
}

function Accepted({ finding, id, isEditor }: DecisionProps & { readonly id: string }) {
  const exception = useThingIf(true, 'getException', id)
  const unsuppress = useChange('unsuppressFinding', touched)
  const [isOpen, setOpen] = useState(false)
  const { data } = exception
  // A wider exception is not ended for one of the findings that it covers.
  const isOfThis = data === undefined || data.findings?.length === 1
  return (
    <div className={styles.accepted} role="note">
      <div>
        <strong>{data ? reasonWords[data.reason] : 'Excepted'}</strong>
        {data && ` by ${data.owner}, until ${dayOf(data.expires)}`}
        {data?.comment && <p>{data.comment}</p>}
        {!isOfThis && (
          <p className={styles.faint}>
            The exception {id} covers {data?.covered} findings; it is ended under Exceptions.
          </p>
        )}
        {exception.error && (
          <p className={styles.faint}>
            The exception {id} cannot be read: {exception.error.message}
          </p>
        )}
      </div>
      {isOfThis && isEditor && (
        <Button variant="default" onClick={() => setOpen(true)}>
          Unsuppress
        </Button>
      )}
      <ConfirmDialog
        isOpen={isOpen}
        title="Unsuppress"
        verb="Unsuppress"
        isBusy={unsuppress.isPending}
        error={unsuppress.error}
        close={() => setOpen(false)}
        onConfirm={() =>
          unsuppress.mutate([finding.cluster.id, finding.id], { onSuccess: () => setOpen(false) })
        }
      >
        <p>The exception ends; the finding counts as failed again.</p>
      </ConfirmDialog>
    </div>
  )
}
