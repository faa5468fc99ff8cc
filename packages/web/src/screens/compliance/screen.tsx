// Screen compliance: the standards as cards: how much passes, how sure that is, and what became of their controls.

import { TextInput } from '@mantine/core'
import type { Standards } from '@plimsoll/core/contract/client'
import { IconSearch } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useRef } from 'react'
import { atPart } from '../../data/as-of.ts'
import { useCount } from '../../data/read.ts'
import { readScope, scopePart } from '../../data/scope.ts'
import { AsOf } from '../../parts/as-of.tsx'
import { OutcomeBar, OutcomeCounts } from '../../parts/outcome-counts.tsx'
import { PageHead } from '../../parts/panel.tsx'
import { useRowKeys } from '../../parts/row-keys.ts'
import { intervalText, ScoreBar, scoreSentence } from '../../parts/score.tsx'
import { Empty, Partial, Read } from '../../parts/states.tsx'
import { counted, editionName, scoreNumber, wholeNumber } from '../../parts/words.ts'
import styles from './compliance.module.css'

type Standard = Standards['items'][number]

export function ComplianceScreen() {
  const { scope, at, name = '' } = useSearch({ from: '/shell/compliance' })
  const navigate = useNavigate({ from: '/compliance' })
  const standards = useCount('listStandards', { ...scopePart(readScope(scope)), ...atPart(at) })
  return (
    <>
      <PageHead
        title="Compliance"
        beside={standards.data && counted(standards.data.items.length, 'standard')}
      >
        <TextInput
          aria-label="Find a standard"
          placeholder="Find a standard"
          data-search
          w={200}
          leftSection={<IconSearch size={14} aria-hidden="true" />}
          value={name}
          onChange={event => {
            const value = event.currentTarget.value
            void navigate({ search: before => ({ ...before, name: value || undefined }), replace: true })
          }}
        />
        <AsOf day={at} onChoose={day => void navigate({ search: before => ({ ...before, at: day }) })} />
      </PageHead>
      <Read query={standards} rows={12}>
        {({ items }) => <Cards all={items} name={name} at={at} />}
      </Read>
    </>
  )
}

interface CardsProps {
  readonly all: readonly Standard[]
  readonly name: string
  readonly at: string | undefined
}

function Cards({ all, name, at }: CardsProps) {
  const place = useRef<HTMLUListElement>(null)
  useRowKeys('Standards', place)
  const asked = name.trim().toLowerCase()
  const shown = all
    .filter(one => `${editionName(one)} ${one.title} ${one.benchmark}`.toLowerCase().includes(asked))
    .toSorted((a, b) => editionName(a).localeCompare(editionName(b), 'en', { numeric: true }))
  const unsure = all.filter(({ score }) => score.value === null).length
  if (all.length === 0)
    return (
      <Empty title="No standard was judged" action={<Link to="/clusters">See the clusters</Link>}>
        {at
          ? 'On that day no cluster of this scope was judged by a standard.'
          : 'Once a cluster of this scope is judged, its standards stand here.'}
      </Empty>
    )
  return (
    <>
      {unsure > 0 && (
        <div className={styles.note}>
          <Partial>
            {unsure} of {counted(all.length, 'standard')} {unsure === 1 ? 'has' : 'have'} no score, since not
            all that {unsure === 1 ? 'it asks' : 'they ask'} could be read. What is hatched may pass or fail.
          </Partial>
        </div>
      )}
      {shown.length === 0 ? (
        <Empty title="No standard of this name">Take letters away to see more.</Empty>
      ) : (
        <ul ref={place} className={styles.cards} aria-label="Standards">
          {shown.map(one => (
            <Card key={`${one.benchmark}@${one.edition}`} standard={one} at={at} />
          ))}
        </ul>
      )}
    </>
  )
}

function Card({ standard, at }: { readonly standard: Standard; readonly at: string | undefined }) {
  const { benchmark, edition, title, score, controls, clusters, attested } = standard
  const to = { params: { benchmark, edition }, search: at === undefined ? {} : { at } }
  return (
    <li className={styles.card}>
      <header>
        <h2>
          <Link to="/compliance/$benchmark/$edition" {...to} className={styles.name} data-row title={title}>
            {editionName(standard)}
          </Link>
        </h2>
        <span className={styles.fine}>{counted(clusters, 'cluster')}</span>
      </header>
      <div className={styles.score}>
        <span className={styles.number} title={scoreSentence(score)}>
          {score.value === null ? (
            <span className={styles.none}>No score</span>
          ) : (
            <>
              {scoreNumber(score.value)}
              <small>% passed</small>
            </>
          )}
        </span>
        <span className={styles.fine}>
          {intervalText(score) && `lies in ${intervalText(score)}`}
          {score.low === null && 'nothing evaluated'}
        </span>
      </div>
      <ScoreBar score={score} height={8} />
      <div className={styles.controls}>
        <OutcomeBar counts={controls} />
        <OutcomeCounts counts={controls} />
      </div>
      <footer className={styles.fine}>
        <span>
          {wholeNumber(score.evaluated)} of {wholeNumber(score.evaluated + score.notEvaluated)} controls
          evaluated
          {attested > 0 && ` · ${wholeNumber(attested)} attested`}
        </span>
        <Link to="/compliance/$benchmark/$edition/rules" params={{ benchmark, edition }}>
          Rules<span className={styles.hidden}> of {editionName(standard)}</span>
        </Link>
      </footer>
    </li>
  )
}
