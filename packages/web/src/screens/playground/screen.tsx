// Screen playground: verdicts on pasted YAML as one types, computed in the browser; nothing of it is sent anywhere.

import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useLocation, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useThing } from '../../data/read.ts'
import { severities } from '../../parts/badges.tsx'
import { SeverityCounts } from '../../parts/bars.tsx'
import { PageHead } from '../../parts/panel.tsx'
import { useRowKeys } from '../../parts/row-keys.ts'
import { Empty, Failure, Loading } from '../../parts/states.tsx'
import { counted, editionName, wholeNumber } from '../../parts/words.ts'
import { Editor, goToLine, type Mark } from './editor.tsx'
import { example } from './example.ts'
import { packText, unpackText } from './fragment.ts'
import type { Answer } from './judge.ts'
import styles from './playground.module.css'
import { useJudge } from './use-judge.ts'
import { Verdicts } from './verdicts.tsx'

export function PlaygroundScreen() {
  const { standard: edition } = useSearch({ from: '/shell/playground' })
  const navigate = useNavigate({ from: '/playground' })
  const [text, setText] = useTextOfAddress()
  const benchmarks = useThing('listBenchmarks')
  const { answer, milliseconds, isBehind, fault } = useJudge(text, edition)
  const area = useRef<HTMLTextAreaElement>(null)
  const list = useRef<HTMLDivElement>(null)
  useRowKeys('Playground', list)
  return (
    <div className={styles.screen}>
      <PageHead title="Playground" beside="Judged in this browser; what you paste is sent nowhere">
        <Select
          aria-label="Judge by"
          w={300}
          searchable
          allowDeselect={false}
          data={[
            { value: '', label: 'All rules that are on by default' },
            ...(benchmarks.data?.items ?? []).map(one => ({
              value: `${one.benchmark}@${one.edition}`,
              label: editionName(one),
            })),
          ]}
          value={edition ?? ''}
          onChange={value =>
            void navigate({ search: before => ({ ...before, standard: value || undefined }), hash: true })
          }
        />
      </PageHead>
      <div className={styles.halves}>
        <Editor text={text} onChange={setText} marks={marksOf(answer)} place={area} />
        <section
          ref={list}
          className={styles.results}
          aria-label="Verdicts"
          aria-busy={isBehind}
          tabIndex={0}
        >
          {fault !== undefined && <Failure error={new Error(fault)} />}
          {!answer && fault === undefined && <Loading rows={10} label="Loading the rules" />}
          {answer && (
            <>
              <Summary answer={answer} milliseconds={milliseconds} />
              {answer.objects === 0 && answer.unread.length === 0 ? (
                <Empty title="Nothing to judge">Paste the YAML of any Kubernetes object at the left.</Empty>
              ) : (
                <Verdicts answer={answer} onLine={line => goToLine(area.current, line)} />
              )}
            </>
          )}
        </section>
      </div>
    </div>
  )
}

/** The text that the address holds behind its #, where it holds any; what is typed is put there once one pauses. */
function useTextOfAddress(): readonly [string, (text: string) => void] {
  const navigate = useNavigate({ from: '/playground' })
  const { hash } = useLocation()
  const [text, setText] = useState(example)
  const [settled] = useDebouncedValue(text, 400)
  /** What the address holds by our own doing, or that was read from it. */
  const known = useRef('')
  const isTyped = useRef(false)
  useEffect(() => {
    if (hash === known.current) return
    known.current = hash
    isTyped.current = false
    void unpackText(hash).then(found => setText(found ?? example))
  }, [hash])
  useEffect(() => {
    let isOver = false
    void packText(settled).then(fragment => {
      if (isOver || !isTyped.current || fragment === known.current) return
      known.current = fragment
      void navigate({ search: true, hash: fragment, replace: true, hashScrollIntoView: false })
    })
    return () => {
      isOver = true
    }
  }, [settled, navigate])
  const type = (typed: string) => {
    isTyped.current = true
    setText(typed)
  }
  return [text, type]
}

interface SummaryProps {
  readonly answer: Answer
  readonly milliseconds: number
}

function Summary({ answer: { objects, passed, failures, unread, controls }, milliseconds }: SummaryProps) {
  const count = (severity: string) => failures.filter(one => one.severity === severity).length
  return (
    <div className={styles.summary} role="status">
      <h2>Verdicts</h2>
      <SeverityCounts
        counts={{
          critical: count('critical'),
          high: count('high'),
          medium: count('medium'),
          low: count('low'),
        }}
      />
      <p>
        {counted(failures.length, 'failure')}, {wholeNumber(passed)} passed in {counted(objects, 'object')}
        {unread.length > 0 && `; ${counted(unread.length, 'place')} cannot be read`}
        {` · ${Math.max(1, Math.round(milliseconds))} ms`}
      </p>
      {controls && (
        <p>
          Controls:{' '}
          {Object.entries(controls)
            .map(([outcome, number]) => `${wholeNumber(number)} ${outcome.replace('-', ' ')}`)
            .join(', ')}
        </p>
      )}
    </div>
  )
}

function marksOf(answer: Answer | undefined): ReadonlyMap<number, Mark> {
  const marks = new Map<number, Mark>()
  for (const severity of severities)
    for (const { line } of answer?.failures.filter(one => one.severity === severity) ?? [])
      if (!marks.has(line)) marks.set(line, severity)
  for (const { line } of answer?.unread ?? []) marks.set(line, 'unread')
  return marks
}
