// Screen standard: one standard, from its sections to controls, their results, and what mends each failing resource.

import { TextInput } from '@mantine/core'
import type { WholeStandard } from '@plimsoll/core/contract/client'
import { IconSearch } from '@tabler/icons-react'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useRef } from 'react'
import { atPart } from '../../data/as-of.ts'
import { useCount } from '../../data/read.ts'
import { readScope, scopePart } from '../../data/scope.ts'
import { AsOf } from '../../parts/as-of.tsx'
import { OutcomeBar, OutcomeChoice } from '../../parts/outcome-counts.tsx'
import { controlOutcomes } from '../../parts/outcomes.ts'
import { PageHead } from '../../parts/panel.tsx'
import { useRowKeys } from '../../parts/row-keys.ts'
import { ScoreFigure, scoreSentence } from '../../parts/score.tsx'
import { Empty, Partial, Read } from '../../parts/states.tsx'
import { exactTime } from '../../parts/time.tsx'
import { benchmarkName, counted, editionName, wholeNumber } from '../../parts/words.ts'
import { ControlFlyout } from './control-flyout.tsx'
import { ControlsTable } from './controls-table.tsx'
import { ExportMenu } from './export-menu.tsx'
import type { StandardSearch } from './search.ts'
import { Sections } from './sections.tsx'
import styles from './standard.module.css'

export function StandardScreen() {
  const { benchmark, edition } = useParams({ from: '/shell/compliance/$benchmark/$edition' })
  const search = useSearch({ from: '/shell/compliance/$benchmark/$edition' })
  const navigate = useNavigate({ from: '/compliance/$benchmark/$edition' })
  const change = (values: StandardSearch, isTyping = false) =>
    void navigate({ search: before => ({ ...before, ...values }), replace: isTyping })
  const asked = { ...scopePart(readScope(search.scope)), ...atPart(search.at) }
  const standard = useCount('getStandard', benchmark, edition, asked)
  return (
    <div className={styles.screen}>
      <PageHead
        title={editionName({ benchmark, edition })}
        beside={
          <Link to="/compliance" search={search.at === undefined ? {} : { at: search.at }}>
            Compliance
          </Link>
        }
      >
        <AsOf day={search.at} onChoose={at => change({ at, control: undefined, finding: undefined })} />
        <Link to="/compliance/$benchmark/$edition/rules" params={{ benchmark, edition }}>
          Rules
        </Link>
        {standard.data && <ExportMenu standard={standard.data} asked={asked} />}
      </PageHead>
      <Read query={standard} rows={16}>
        {data => <Standard standard={data} search={search} change={change} />}
      </Read>
    </div>
  )
}

interface StandardProps {
  readonly standard: WholeStandard
  readonly search: StandardSearch & { readonly scope?: string | undefined }
  readonly change: (values: StandardSearch, isTyping?: boolean) => void
}

function Standard({ standard, search, change }: StandardProps) {
  const { section, outcome, name = '', control } = search
  const place = useRef<HTMLDivElement>(null)
  useRowKeys('Controls', place)
  const asked = name.trim().toLowerCase()
  const sections = standard.sections
    .filter(({ id }) => section === undefined || id === section)
    .map(one => ({
      ...one,
      controls: one.controls.filter(
        ({ id, title, outcome: came }) =>
          (outcome === undefined || came === outcome) && `${id} ${title}`.toLowerCase().includes(asked),
      ),
    }))
    .filter(({ controls }) => controls.length > 0)
  const open = standard.sections.flatMap(({ controls }) => controls).find(({ id }) => id === control)
  return (
    <>
      <Summary standard={standard} search={search} change={change} />
      <div className={styles.panes}>
        <Sections
          sections={standard.sections}
          chosen={section}
          onChoose={id => change({ section: id, control: undefined, finding: undefined })}
        />
        <div ref={place} className={styles.controls}>
          {sections.length === 0 ? (
            <Empty title="No control is like this">
              Choose another outcome or section, or take letters away.
            </Empty>
          ) : (
            sections.map(one => (
              <ControlsTable
                key={one.id}
                section={one}
                open={control}
                onOpen={id => change({ control: id, finding: undefined, results: undefined })}
              />
            ))
          )}
        </div>
      </div>
      {open && (
        <ControlFlyout
          benchmark={standard.benchmark}
          edition={standard.edition}
          control={open}
          search={search}
          change={change}
        />
      )}
    </>
  )
}

function Summary({ standard, search, change }: StandardProps) {
  const { score, controls, clusters, attested } = standard
  const unknown = (controls['not-evaluated'] ?? 0) + (controls.error ?? 0)
  return (
    <section className={styles.summary} aria-label="Summary">
      <div className={styles.score}>
        <ScoreFigure score={score} />
      </div>
      <div className={styles.tally}>
        <div className={styles.line}>
          <strong>{standard.title}</strong>
          <span className={styles.fine}>
            {counted(clusters, 'cluster')} · {counted(score.evaluated + score.notEvaluated, 'control')} that
            rules judge, {wholeNumber(score.evaluated)} of them evaluated
            {attested > 0 && ` · ${wholeNumber(attested)} decided by attestation`}
            {search.at && ` · as of ${search.at}`}
          </span>
        </div>
        <OutcomeBar counts={controls} />
        <div className={styles.line}>
          <OutcomeChoice
            label="Controls by outcome"
            choices={controlOutcomes.flatMap(one => {
              const count = controls[one] ?? 0
              return count > 0 ? [{ outcome: one, count }] : []
            })}
            chosen={search.outcome}
            onChoose={outcome => change({ outcome, control: undefined, finding: undefined })}
          />
          <TextInput
            className={styles.find ?? ''}
            aria-label="Find a control"
            placeholder="Find a control"
            data-search
            w={200}
            leftSection={<IconSearch size={14} aria-hidden="true" />}
            value={search.name ?? ''}
            onChange={event => change({ name: event.currentTarget.value || undefined }, true)}
          />
        </div>
        {(score.value === null || unknown > 0) && (
          <Partial>
            {score.value === null && `${scoreSentence(score)}. `}
            {unknown > 0 &&
              `${counted(unknown, 'control')} could not be judged: open one to see what is missing for it.`}
          </Partial>
        )}
        <p className={styles.printed}>
          {benchmarkName(standard.benchmark)} {standard.edition}, as of{' '}
          {search.at ?? exactTime(new Date().toISOString())}
        </p>
      </div>
    </section>
  )
}
