// Screen rules: every control of a standard, the rules that answer it, and which of both are on in a profile, with the reasons.

import { Select, TextInput } from '@mantine/core'
import type { Profile, WholeBenchmark } from '@plimsoll/core/contract/client'
import { IconSearch } from '@tabler/icons-react'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useCount, useThing } from '../../data/read.ts'
import { useMay } from '../../data/session.ts'
import { PageHead } from '../../parts/panel.tsx'
import { useRowKeys } from '../../parts/row-keys.ts'
import { Empty, Read } from '../../parts/states.tsx'
import { counted, editionName, wholeNumber } from '../../parts/words.ts'
import { Controls } from './controls.tsx'
import styles from './rules.module.css'
import { type RulesSearch, type ShownControls, shownControls } from './search.ts'
import { type Turn, TurnDialog } from './turn-dialog.tsx'

export function RulesScreen() {
  const { benchmark, edition } = useParams({ from: '/shell/compliance/$benchmark/$edition/rules' })
  const search = useSearch({ from: '/shell/compliance/$benchmark/$edition/rules' })
  const navigate = useNavigate({ from: '/compliance/$benchmark/$edition/rules' })
  const change = (values: RulesSearch, isTyping = false) =>
    void navigate({ search: before => ({ ...before, ...values }), replace: isTyping })
  const profiles = useThing('listProfiles')
  const whole = useCount(
    'getBenchmark',
    benchmark,
    edition,
    search.profile === undefined ? {} : { profile: search.profile },
  )
  const own = profiles.data?.items ?? []
  const chosen = own.find(({ id }) => id === whole.data?.profile.id)
  return (
    <>
      <PageHead
        title={`Rules of ${editionName({ benchmark, edition })}`}
        beside={
          <Link to="/compliance/$benchmark/$edition" params={{ benchmark, edition }}>
            Results
          </Link>
        }
      >
        <TextInput
          aria-label="Find a control or rule"
          placeholder="Find a control or rule"
          data-search
          w={220}
          leftSection={<IconSearch size={14} aria-hidden="true" />}
          value={search.name ?? ''}
          onChange={event => change({ name: event.currentTarget.value || undefined }, true)}
        />
        <Select
          aria-label="Profile"
          w={220}
          allowDeselect={false}
          data={[
            ...(own.some(({ isDefault }) => isDefault) ? [] : [{ value: '', label: 'Built-in default' }]),
            ...own.map(({ id, name, isDefault }) => ({
              value: id,
              label: isDefault ? `${name} (default)` : name,
            })),
          ]}
          value={chosen?.id ?? ''}
          onChange={value => change({ profile: value || undefined })}
        />
      </PageHead>
      <Read query={whole} rows={16}>
        {data => <Rules whole={data} profile={chosen} search={search} change={change} />}
      </Read>
    </>
  )
}

interface RulesProps {
  readonly whole: WholeBenchmark
  readonly profile: Profile | undefined
  readonly search: RulesSearch
  readonly change: (values: RulesSearch) => void
}

type Control = WholeBenchmark['sections'][number]['controls'][number]

const isOff = ({ enabled, rules }: Control) => !enabled || rules.some(rule => !rule.enabled)
const shownWords: Readonly<Record<ShownControls, string>> = {
  answered: 'Answered by rules',
  unanswered: 'No rule yet',
  off: 'Turned off',
}
const shownBy: Readonly<Record<ShownControls, (control: Control) => boolean>> = {
  answered: ({ rules }) => rules.length > 0,
  unanswered: ({ rules }) => rules.length === 0,
  off: isOff,
}

function Rules({ whole, profile, search, change }: RulesProps) {
  const place = useRef<HTMLDivElement>(null)
  const [turn, setTurn] = useState<Turn | null>(null)
  const mayTurn = useMay('admin')
  useRowKeys('Rules', place)
  const { show, name = '', control } = search
  const all = whole.sections.flatMap(({ controls }) => controls)
  const asked = name.trim().toLowerCase()
  const says = ({ id, title, rules }: Control) =>
    [id, title, ...rules.flatMap(rule => [rule.id, rule.title])].join(' ').toLowerCase()
  const sections = whole.sections
    .map(section => ({
      ...section,
      controls: section.controls.filter(
        one =>
          (control === undefined || one.id === control) &&
          (show === undefined || shownBy[show](one)) &&
          says(one).includes(asked),
      ),
    }))
    .filter(({ controls }) => controls.length > 0)
  return (
    <>
      <section className={styles.summary} aria-label="Summary">
        <p>
          <strong>{whole.title}</strong>{' '}
          <span className={styles.fine}>
            {counted(whole.controls, 'control')}, {wholeNumber(whole.answered)} answered by rules · settings
            of the profile {whole.profile.name}
            {!mayTurn && ' · admins can change them'}
          </span>
        </p>
        <p className={styles.fine}>{whole.source}</p>
        <div className={styles.choice} role="group" aria-label="Controls shown">
          {shownControls.map(one => (
            <button
              key={one}
              type="button"
              aria-pressed={show === one}
              onClick={() => change({ show: show === one ? undefined : one, control: undefined })}
            >
              {shownWords[one]} <b>{wholeNumber(all.filter(shownBy[one]).length)}</b>
            </button>
          ))}
          {control !== undefined && (
            <button type="button" aria-pressed onClick={() => change({ control: undefined })}>
              Control {control} <b aria-hidden="true">×</b>
            </button>
          )}
        </div>
      </section>
      <div ref={place} className={styles.sections}>
        {sections.length === 0 && (
          <Empty title={show === 'off' ? 'Nothing is turned off' : 'No control is like this'} />
        )}
        {sections.map(section => (
          <Controls
            key={section.id}
            benchmark={whole.benchmark}
            edition={whole.edition}
            section={section}
            onTurn={mayTurn ? setTurn : undefined}
          />
        ))}
      </div>
      {turn && <TurnDialog turn={turn} profile={profile} close={() => setTurn(null)} />}
    </>
  )
}
