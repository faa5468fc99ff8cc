// Exception flyout: one exception: what it covers and why, who asked and decided, what it hides, and what can be done.

import type { Exception } from '@plimsoll/core/contract/client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { thing } from '../../data/read.ts'
import { reasonWords } from '../../parts/acceptance-fields.tsx'
import { Flyout } from '../../parts/flyout.tsx'
import plain from '../../parts/plain-table.module.css'
import { Section } from '../../parts/remediation.tsx'
import { Partial, Read } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { counted } from '../../parts/words.ts'
import { Expiry } from './columns.tsx'
import { Decision } from './decision.tsx'
import styles from './exceptions.module.css'
import { Preview } from './preview.tsx'
import { StateBadge } from './state-badge.tsx'
import { coverOf, coverParts, exceptionName } from './words.ts'

interface ExceptionFlyoutProps {
  readonly id: string
  readonly close: () => void
}

/** Milliseconds between looks at whether clusters were judged with one that was just approved. */
const countedEvery = 3000

/** In force, covering nothing, and not known to be dead: clusters are still judged with it. */
const isBeingCounted = ({ state, covered, isDead }: Exception) =>
  state === 'approved' && covered === 0 && !isDead

export function ExceptionFlyout({ id, close }: ExceptionFlyoutProps) {
  const read = useQuery({
    ...thing('getException', id),
    refetchInterval: ({ state }) => (state.data && isBeingCounted(state.data) ? countedEvery : false),
  })
  return (
    <Flyout
      label="Exception"
      close={close}
      title={<h2>{read.data ? exceptionName(read.data) : 'Exception'}</h2>}
    >
      <Read query={read} rows={10}>
        {exception => (
          <>
            <div className={styles.badges}>
              <StateBadge exception={exception} />
              <code className={styles.faint}>{exception.id}</code>
            </div>
            {exception.fault !== null && <Partial>{exception.fault}</Partial>}
            <Decision exception={exception} />
            <Section title="What it covers">
              <dl className={plain.facts}>
                {coverParts(exception).map(([name, values]) => (
                  <Fact key={name} name={name}>
                    <code>{values}</code>
                  </Fact>
                ))}
              </dl>
            </Section>
            <Section title="What it hides">
              <Hidden exception={exception} />
            </Section>
            <Section title="Why, and until when">
              <dl className={plain.facts}>
                <Fact name="Reason">{reasonWords[exception.reason]}</Fact>
                <Fact name="Owner">{exception.owner}</Fact>
                <Fact name="Last day">
                  <Expiry exception={exception} />
                </Fact>
                {exception.comment && <Fact name="Comment">{exception.comment}</Fact>}
              </dl>
            </Section>
            <Section title="Who">
              <dl className={plain.facts}>
                <Fact name="Requested">
                  by {exception.requestedBy}, <Time at={exception.requestedAt} isExact />
                </Fact>
                {exception.decidedAt && (
                  <Fact name="Decided">
                    by {exception.decidedBy}, <Time at={exception.decidedAt} isExact />
                  </Fact>
                )}
                {exception.decisionComment && <Fact name="Said">{exception.decisionComment}</Fact>}
              </dl>
            </Section>
          </>
        )}
      </Read>
    </Flyout>
  )
}

/** What one in force hides is counted; what one that is asked for would hide is previewed. */
function Hidden({ exception }: { readonly exception: Exception }) {
  const { state, covered, isDead, id } = exception
  if (state === 'requested') return <Preview cover={coverOf(exception)} />
  if (state !== 'approved') return <p className={styles.faint}>Nothing: it does not hold.</p>
  if (isDead) return <p>Nothing that you see: it can be revoked, or what it was for was mended.</p>
  if (isBeingCounted(exception)) return <p>Not counted yet: clusters are being judged with it.</p>
  return (
    <p className={styles.count}>
      <Link to="/findings" search={{ q: `state : excepted AND exception : ${JSON.stringify(id)}` }}>
        {counted(covered, 'finding')}
      </Link>{' '}
      of those that you see.
    </p>
  )
}

const Fact = ({ name, children }: { readonly name: string; readonly children: React.ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
)
