// Stories: every shared part in all its states on one page, for eyes and for tests; built from stories.html alone, never shipped.

import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import '@mantine/core/styles.layer.css'
import './app/theme.css'
import { Button, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { theme } from './app/mantine.ts'
import { ApiFailure } from './data/client.ts'
import type { List } from './data/read.ts'
import { type Outcome, OutcomeBadge, SeverityBadge, StatusBadge, severities } from './parts/badges.tsx'
import { Bar, Figures, PassFailBar, SeverityCounts, Stat } from './parts/bars.tsx'
import { DiffView } from './parts/diff-view.tsx'
import { EvidenceTable } from './parts/evidence-table.tsx'
import { Facets } from './parts/facets.tsx'
import { KeyboardProvider } from './parts/keyboard.tsx'
import { OutcomeBar, OutcomeCounts } from './parts/outcome-counts.tsx'
import { PageHead, Panel } from './parts/panel.tsx'
import { ScoreFigure, ScoreLine } from './parts/score.tsx'
import { ScoreTrend } from './parts/score-trend.tsx'
import { Empty, Failure, Loading, NoPermission, Partial } from './parts/states.tsx'
import { Time } from './parts/time.tsx'
import { type Column, VirtualTable } from './parts/virtual-table.tsx'
import { Waterfall } from './parts/waterfall.tsx'
import { YamlView } from './parts/yaml-view.tsx'

const long = 'a-name-that-somebody-gave-without-thinking-of-columns-and-that-goes-on-for-quite-a-while'
const outcomes: readonly Outcome[] = [
  'pass',
  'fail',
  'manual',
  'not-applicable',
  'not-evaluated',
  'error',
  'excepted',
  'none',
]
const scores = {
  sure: { value: 89.4, low: 89.4, high: 89.4 },
  wide: { value: 62, low: 40.5, high: 71.2 },
  none: { value: null, low: 12, high: 96 },
  nothing: { value: null, low: null, high: null },
}
const days = Array.from({ length: 12 }, (_, day) => ({
  at: `2026-11-${String(day + 1).padStart(2, '0')}T12:00:00Z`,
  value: day > 3 && day < 6 ? null : 60 + day * 2,
  low: 50 + day,
  high: 80 + day,
}))

interface Row {
  readonly name: string
  readonly failed: number
}
const columns: readonly Column<Row>[] = [
  { id: 'name', title: 'Name', width: 'minmax(120px, 1fr)', sort: 'name', cell: ({ name }) => name },
  { id: 'failed', title: 'Failed', width: '80px', align: 'right', cell: ({ failed }) => failed },
]
const listOf = (part: Partial<List<Row>>): List<Row> => ({
  items: [],
  hasMore: false,
  loadMore: () => undefined,
  isLoading: false,
  isLoadingMore: false,
  isStale: false,
  failure: null,
  retry: () => undefined,
  ...part,
})
const rows = [
  { name: 'checkout', failed: 3 },
  { name: long, failed: 1_234_567 },
]
const broken = new Error('The server did not answer.')

const tables: Readonly<Record<string, List<Row>>> = {
  full: listOf({ items: rows }),
  stale: listOf({ items: rows, isStale: true }),
  loading: listOf({ isLoading: true }),
  empty: listOf({}),
  failed: listOf({ failure: broken }),
  'failed further on': listOf({ items: rows, failure: broken }),
}

const stories: Readonly<Record<string, ReactNode>> = {
  'Severities and outcomes': (
    <>
      <p>{severities.map(one => [<SeverityBadge key={one} severity={one} />, ' '])}</p>
      <p>{outcomes.map(one => [<OutcomeBadge key={one} outcome={one} detail={3} />, ' '])}</p>
      <p>
        {(['complete', 'partial', 'stale', 'waiting'] as const).map(one => [
          <StatusBadge key={one} status={one} />,
          ' ',
        ])}
      </p>
    </>
  ),
  Scores: (
    <>
      {Object.entries(scores).map(([name, score]) => (
        <ScoreLine key={name} score={score} />
      ))}
      <ScoreFigure score={scores.wide} />
      <ScoreFigure score={scores.none} />
      <ScoreFigure score={scores.nothing} />
    </>
  ),
  'Score trend': (
    <>
      <ScoreTrend label="With a gap" points={days} />
      <ScoreTrend label="Without a day" points={[]} />
    </>
  ),
  'Bars and figures': (
    <>
      <Bar label="A third" value={1} most={3} />
      <PassFailBar passed={30} failed={10} />
      <PassFailBar passed={0} failed={0} />
      <OutcomeBar counts={{ fail: 3, 'not-evaluated': 4, manual: 2, pass: 9 }} />
      <OutcomeCounts counts={{ fail: 3, 'not-evaluated': 4, manual: 2, pass: 9 }} />
      <SeverityCounts counts={{ critical: 0, high: 1, medium: 99_999, low: 1_234_567 }} />
      <Figures>
        <Stat name="Failed" value="283" tone="bad" detail="of 491" />
        <Stat name="Fixed" value="12" tone="good" />
        <Stat name="Not evaluated" value="122" />
      </Figures>
    </>
  ),
  Waterfall: (
    <Waterfall
      before={{ name: 'Before', value: 71.2 }}
      after={{ name: 'Now', value: 70.1 }}
      steps={[
        { name: 'Fixed', says: 'what passes now', by: 2.4 },
        { name: long, says: 'what came', by: -3.5 },
      ]}
    />
  ),
  States: (
    <>
      <Loading rows={3} label="Shown as it loads" />
      <Empty title="No cluster to see" action={<Button variant="default">Add a cluster</Button>}>
        Clusters stand here once they are enrolled.
      </Empty>
      <Failure error={broken} retry={() => undefined} />
      <Failure error={new ApiFailure(0, undefined)} />
      <NoPermission />
      <Partial>1 of 5 clusters could be read only in part.</Partial>
    </>
  ),
  Tables: Object.entries(tables).map(([name, list]) => (
    <div key={name} style={{ height: 150 }}>
      <VirtualTable
        label={`Table, ${name}`}
        list={list}
        columns={columns}
        keyOf={row => row.name}
        empty="Nothing"
      />
    </div>
  )),
  Facets: (
    <Facets
      facets={[
        {
          field: 'cluster',
          title: 'Clusters',
          values: [
            { value: 'a', label: long, count: 1_234_567 },
            { value: null, label: '', count: 0 },
          ],
        },
      ]}
      isChosen={(_, value) => value === 'a'}
      onChoose={() => undefined}
    />
  ),
  Evidence: (
    <EvidenceTable
      evidence={[
        {
          path: 'spec.template.spec.containers[0].securityContext.privileged',
          actual: true,
          expected: 'unset or false',
        },
        { path: `metadata.annotations["${long}"]`, expected: 'set' },
      ]}
    />
  ),
  'Objects and differences': (
    <>
      <YamlView
        text={`kind: Pod\n# why\nspec:\n  hostPID: true\n  name: ${long}`}
        marks={[{ line: 4, severity: 'high', note: 'Expected: false' }]}
      />
      <DiffView before={'a: 1\nb: 2\n'} after={'a: 1\nb: 3\n'} />
      <DiffView label="No difference" before="a: 1" after="a: 1" />
    </>
  ),
  Time: (
    <p>
      <Time at="2026-11-24T12:00:00Z" /> <Time at="2026-11-24T12:00:00Z" isExact />
    </p>
  ),
}

const place = document.getElementById('root')
if (place)
  createRoot(place).render(
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <KeyboardProvider>
        <main style={{ display: 'grid', gap: 12, maxWidth: 900, padding: 16 }}>
          <PageHead title="Stories" beside="every shared part in its states" />
          {Object.entries(stories).map(([title, story]) => (
            <Panel key={title} title={title}>
              <div style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 12 }}>{story}</div>
            </Panel>
          ))}
        </main>
      </KeyboardProvider>
    </MantineProvider>,
  )
