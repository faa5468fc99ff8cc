// History part: what a finding was and when, and what people said and did about it.

import { Button, Textarea } from '@mantine/core'
import type { FindingNote, WholeFinding } from '@plimsoll/core/contract/client'
import { type FormEvent, useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useThing } from '../../data/read.ts'
import { useMay } from '../../data/session.ts'
import { OutcomeBadge, SeverityBadge } from '../../parts/badges.tsx'
import { Failure, Read } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import styles from './findings.module.css'
import { outcomeOf, touched, triageWord } from './words.ts'

export const HistoryPart = ({ finding }: { readonly finding: WholeFinding }) => (
  <>
    <Notes finding={finding} />
    <section className={styles.part} aria-label="States">
      <h3>What it was</h3>
      <table className={styles.evidence}>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Until</th>
            <th scope="col">Outcome</th>
            <th scope="col">Severity</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {finding.history.toReversed().map(one => (
            <tr key={one.from}>
              <td>
                <Time at={one.from} />
              </td>
              <td>{one.to === null ? 'now' : <Time at={one.to} />}</td>
              <td>
                <OutcomeBadge outcome={outcomeOf(one)} />
              </td>
              <td>
                <SeverityBadge severity={one.severity} />
              </td>
              <td>{one.reason ?? (one.exception ? `exception ${one.exception}` : '')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {finding.resolvedAt && (
        <p className={styles.note}>
          Resolved <Time at={finding.resolvedAt} />
          {finding.resolution && `: ${finding.resolution}`}.
        </p>
      )}
      <p className={styles.note}>
        First seen <Time at={finding.firstSeen} isExact />.
      </p>
    </section>
  </>
)

function Notes({ finding }: { readonly finding: WholeFinding }) {
  const notes = useThing('listFindingNotes', finding.cluster.id, finding.id)
  return (
    <section className={styles.part} aria-label="Comments">
      <h3>Comments and decisions</h3>
      {useMay('editor') && <CommentForm finding={finding} />}
      <Read query={notes} rows={3}>
        {({ items, next }) => (
          <>
            {items.length === 0 && <p className={styles.note}>Nobody said anything yet.</p>}
            <ol className={styles.notes}>
              {items.map(note => (
                <li key={note.id}>
                  <p className={styles.faint}>
                    <strong>{note.author.name}</strong> <Said note={note} /> <Time at={note.at} />
                  </p>
                  {note.type === 'comment' && <p className={styles.comment}>{note.body}</p>}
                </li>
              ))}
            </ol>
            {next !== null && <p className={styles.note}>Older ones are not shown.</p>}
          </>
        )}
      </Read>
    </section>
  )
}

const Said = ({ note: { type, body } }: { readonly note: FindingNote }) =>
  type === 'triage' ? (
    <>set triage to {triageWord(body)}</>
  ) : type === 'assignment' ? (
    body === '' ? (
      'took it from whoever had it'
    ) : (
      `gave it to ${body}`
    )
  ) : (
    'said'
  )

function CommentForm({ finding }: { readonly finding: WholeFinding }) {
  const comment = useChange('commentOnFinding', touched)
  const [text, setText] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    comment.mutate([finding.cluster.id, finding.id, { comment: text.trim() }], {
      onSuccess: () => setText(''),
    })
  }
  return (
    <form onSubmit={submit} className={styles.say}>
      <Textarea
        aria-label="Comment"
        placeholder="Comment"
        autosize
        minRows={2}
        maxLength={10_000}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
      />
      {comment.error && <Failure error={comment.error} />}
      <Button type="submit" variant="default" disabled={text.trim() === ''} loading={comment.isPending}>
        Comment
      </Button>
    </form>
  )
}
