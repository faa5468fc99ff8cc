// Attestations: what people said of a control that no rule decides, until when that holds, and giving and taking back such a word.

import { Button, Modal, MultiSelect, Select, Stack, Textarea, TextInput } from '@mantine/core'
import type { Attestation, WholeControl } from '@plimsoll/core/contract/client'
import { type FormEvent, useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useThing } from '../../data/read.ts'
import { useMay } from '../../data/session.ts'
import { OutcomeBadge } from '../../parts/badges.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { daysLeft, inDays } from '../../parts/days.ts'
import { FormEnd } from '../../parts/form-end.tsx'
import { LastDayField } from '../../parts/last-day-field.tsx'
import plain from '../../parts/plain-table.module.css'
import { Section } from '../../parts/remediation.tsx'
import { Read } from '../../parts/states.tsx'
import { dayOf, Time } from '../../parts/time.tsx'
import { counted } from '../../parts/words.ts'
import styles from './standard.module.css'

interface AttestationsProps {
  readonly benchmark: string
  readonly edition: string
  readonly control: WholeControl
  /** True where a day of the past is shown, of which nothing can be changed. */
  readonly isPast: boolean
}

const touched = ['getControl', 'getStandard', 'listStandards', 'listAttestations', 'getOverview'] as const
/** An attestation that ends within so many days is told apart. */
const soonDays = 30

export function Attestations({ benchmark, edition, control, isPast }: AttestationsProps) {
  const [isAsking, setAsking] = useState(false)
  const [shown, setShown] = useState<string | null>(null)
  const mayAttest = useMay('approver')
  const attested = control.clusters.filter(one => one.attested !== null)
  const waiting = control.clusters.filter(({ outcome }) => outcome === 'manual')
  const chosen = shown ?? attested[0]?.id ?? control.clusters[0]?.id
  return (
    <Section title="Attestations">
      <div className={plain.lines}>
        <div className={plain.row}>
          <span>
            {waiting.length > 0
              ? `${counted(waiting.length, 'cluster')} of ${control.clusters.length} wait${waiting.length === 1 ? 's' : ''} for a person’s word.`
              : 'A person’s word decides it in every cluster that asks for one.'}
          </span>
          {!isPast &&
            (mayAttest ? (
              <Button variant="default" size="compact-sm" onClick={() => setAsking(true)}>
                Attest
              </Button>
            ) : (
              <span className={plain.fine}>Approvers can attest it.</span>
            ))}
        </div>
        {attested.length > 0 && (
          <table className={plain.table}>
            <thead>
              <tr>
                <th scope="col">Cluster</th>
                <th scope="col">Attested</th>
                <th scope="col">By</th>
                <th scope="col">Last day</th>
              </tr>
            </thead>
            <tbody>
              {attested.map(({ id, name, attested: word }) => (
                <tr key={id}>
                  <td>{name}</td>
                  <td>{word && <OutcomeBadge outcome={word.outcome} />}</td>
                  <td>{word?.by}</td>
                  <td>{word && <Expiry day={word.expires} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {control.clusters.length > 1 && chosen && (
          <Select
            aria-label="Statements for"
            size="xs"
            w={260}
            allowDeselect={false}
            searchable
            data={control.clusters.map(one => ({ value: one.id, label: one.name }))}
            value={chosen}
            onChange={setShown}
          />
        )}
        {chosen && (
          <Statements
            {...{ benchmark, edition }}
            control={control.id}
            cluster={chosen}
            isPast={isPast}
            onTakeBack={() => setShown(chosen)}
          />
        )}
      </div>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={`Attest ${control.id}`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <AttestForm
          benchmark={benchmark}
          edition={edition}
          control={control}
          proposed={(waiting.length > 0 ? waiting : attested).map(({ id }) => id)}
          close={() => setAsking(false)}
        />
      </Modal>
    </Section>
  )
}

function Expiry({ day }: { readonly day: string }) {
  const days = Math.ceil(daysLeft(day, Date.now()))
  return (
    <span title={day}>
      {dayOf(`${day}T12:00:00Z`)}{' '}
      <span className={plain.fine}>
        {days < 0 ? 'over' : days <= soonDays ? `ends in ${counted(days, 'day')}` : ''}
      </span>
    </span>
  )
}

const states: Readonly<Record<Attestation['state'], string>> = {
  current: 'Holds',
  superseded: 'Replaced by a newer one',
  expired: 'Expired',
  revoked: 'Taken back',
}

interface StatementsProps {
  readonly benchmark: string
  readonly edition: string
  readonly control: string
  readonly cluster: string
  readonly isPast: boolean
  /** Told before a statement is taken back: its cluster stays shown, though it is attested no more. */
  readonly onTakeBack: () => void
}

function Statements({ benchmark, edition, control, cluster, isPast, onTakeBack }: StatementsProps) {
  const all = useThing('listAttestations', { cluster })
  const revoke = useChange('revokeAttestation', touched)
  const [ending, setEnding] = useState<Attestation | null>(null)
  const mayRevoke = useMay('approver') && !isPast
  return (
    <Read query={all} rows={2}>
      {({ items }) => {
        const own = items.filter(
          one => one.benchmark === benchmark && one.edition === edition && one.control === control,
        )
        if (own.length === 0) return <p className={plain.fine}>Nothing was said of it for this cluster.</p>
        return (
          <div>
            {own.map(one => (
              <article key={one.id} className={styles.attested}>
                <div className={plain.row}>
                  <OutcomeBadge outcome={one.outcome} />
                  <span className={plain.fine}>
                    {states[one.state]} · {one.attestedBy} · <Time at={one.attestedAt} /> · until{' '}
                    {dayOf(`${one.expires}T12:00:00Z`)}
                    {one.revokedAt && (
                      <>
                        {' '}
                        · taken back by {one.revokedBy} <Time at={one.revokedAt} />
                      </>
                    )}
                  </span>
                  {mayRevoke && one.state === 'current' && (
                    <button
                      type="button"
                      className={plain.link}
                      onClick={() => {
                        onTakeBack()
                        setEnding(one)
                      }}
                    >
                      Take back
                    </button>
                  )}
                </div>
                <p>{one.statement}</p>
                {one.evidence && <p className={plain.fine}>Evidence: {one.evidence}</p>}
              </article>
            ))}
            <ConfirmDialog
              isOpen={ending !== null}
              title="Take the attestation back"
              verb="Take back"
              isDangerous
              isBusy={revoke.isPending}
              error={revoke.error}
              close={() => setEnding(null)}
              onConfirm={() =>
                ending && revoke.mutate([cluster, ending.id], { onSuccess: () => setEnding(null) })
              }
            >
              It counts no more; an older one that still holds counts again, else the control is manual.
            </ConfirmDialog>
          </div>
        )
      }}
    </Read>
  )
}

interface AttestFormProps {
  readonly benchmark: string
  readonly edition: string
  readonly control: WholeControl
  readonly proposed: readonly string[]
  readonly close: () => void
}

const words = { pass: 'It is met', fail: 'It is not met', 'not-applicable': 'It does not apply' } as const
type Word = keyof typeof words
const isWord = (value: string | null): value is Word => value !== null && Object.hasOwn(words, value)

function AttestForm({ benchmark, edition, control, proposed, close }: AttestFormProps) {
  const attest = useChange('attestControl', touched)
  const [clusters, setClusters] = useState<string[]>([...proposed])
  const [outcome, setOutcome] = useState<Word>('pass')
  const [statement, setStatement] = useState('')
  const [evidence, setEvidence] = useState('')
  const [expires, setExpires] = useState(() => inDays(180))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    attest.mutate(
      [{ clusters, benchmark, edition, control: control.id, outcome, statement, evidence, expires }],
      { onSuccess: close },
    )
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <p>
          <strong>{control.title}</strong> is decided by your word until its last day, then it is manual
          again. The score stays what rules measured.
        </p>
        <MultiSelect
          label="Clusters"
          data={control.clusters.map(one => ({ value: one.id, label: one.name }))}
          value={clusters}
          onChange={setClusters}
          searchable
          withAsterisk
        />
        <Select
          label="Outcome"
          data={Object.entries(words).map(([value, label]) => ({ value, label }))}
          value={outcome}
          allowDeselect={false}
          onChange={value => isWord(value) && setOutcome(value)}
        />
        <Textarea
          label="Statement"
          description="What was looked at, and what was found."
          required
          autosize
          minRows={3}
          maxLength={4000}
          value={statement}
          onChange={event => setStatement(event.currentTarget.value)}
        />
        <TextInput
          label="Evidence"
          description="Where the proof is: a text or an address."
          maxLength={4000}
          value={evidence}
          onChange={event => setEvidence(event.currentTarget.value)}
        />
        <LastDayField value={expires} onChange={setExpires} />
        <FormEnd
          verb="Attest"
          isBusy={attest.isPending}
          error={attest.error}
          close={close}
          isDisabled={clusters.length === 0}
        />
      </Stack>
    </form>
  )
}
