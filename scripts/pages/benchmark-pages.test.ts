// A family has one page: counts of every edition, and each control of the newest with what decides it.

import { expect, test } from 'vitest'
import type { Control, Edition } from '../../packages/core/src/model/benchmark.ts'
import { benchmarkPages } from './benchmark-pages.ts'

const control = (id: string, rest: Partial<Control> = {}): Control => ({
  id,
  section: '1.1',
  title: `Title of ${id}`,
  automated: true,
  severity: 'low',
  rules: [],
  ...rest,
})
const edition = (version: string, controls: readonly Control[], rest: Partial<Edition> = {}): Edition => ({
  benchmark: 'cis-x',
  edition: version,
  title: `CIS X ${version}`,
  source: 'a list',
  sections: [{ id: '1.1', title: 'Pods' }],
  controls,
  ...rest,
})
const one = { rule: 'one' }
const open = { notCollected: 'cloud', why: 'no collector asks for it yet' } as const

function pageOf(...editions: readonly Edition[]): string[] {
  const [page] = benchmarkPages(editions)
  if (!page) throw new Error('there is no page')
  return page[1].split('\n')
}

test('each family has its page', () => {
  const pages = benchmarkPages([edition('1', []), edition('2', []), { ...edition('1', []), benchmark: 'y' }])
  expect(pages.map(([path]) => path)).toEqual(['docs/benchmarks/cis-x.md', 'docs/benchmarks/y.md'])
})

test('an edition is counted by what decides its controls; what none of them has makes no column', () => {
  const lines = pageOf(
    edition('1.0', [control('a', { rules: [one] })]),
    edition('2.0', [
      control('a', { rules: [one] }),
      control('b', { rules: [one], undecided: open }),
      control('c', { undecided: open }),
      control('d', { undecided: { notCollected: 'node', why: 'not read' } }),
      control('e', { undecided: { notCollected: 'control-plane', why: 'not read' } }),
      control('f', { undecided: { manual: 'attest it' } }),
      control('g', { undecided: { notApplicable: 'provider-managed', why: 'AWS runs it' } }),
    ]),
  )
  const at = lines.findIndex(line => line.startsWith('| edition'))
  expect(lines.slice(at, at + 4)).toEqual([
    '| edition | controls | decided | in part | for the node collector | for the cloud collector | attested by a person | run by the provider |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    '| 1.0 | 1 | 1 | 0 | 0 | 0 | 0 | 0 |',
    '| 2.0 | 7 | 1 | 1 | 2 | 1 | 1 | 1 |',
  ])
})

test('a control tells its label, its rules once, and what is open', () => {
  const lines = pageOf(
    edition('1.0', [
      control('1', { rules: [one, { rule: 'one', parameters: { a: 1 } }, { rule: 'two' }], level: 2 }),
      control('2', { rules: [one], undecided: open, automated: false }),
      control('3', { undecided: { manual: 'attest it' } }),
      control('4', { undecided: { notApplicable: 'absent', why: 'k3s has none' } }),
    ]),
  )
  expect(lines.filter(line => /^\| \d \|/.test(line))).toEqual([
    '| 1 | Title of 1 | automated, level 2 | `one`, `two` |',
    '| 2 | Title of 2 | manual | `one`; open: no collector asks for it yet |',
    '| 3 | Title of 3 | automated | for a person: attest it |',
    '| 4 | Title of 4 | automated | not applicable: k3s has none |',
  ])
  expect(lines).toContain('### 1.1 Pods')
})

test('the newest edition says what it is written for', () => {
  const newest = edition('2.0', [], {
    distributions: ['eks'],
    kubernetes: { min: '1.32', max: '1.34' },
  })
  const lines = pageOf(edition('1.0', []), newest)
  expect(lines).toContain('## CIS X 2.0')
  expect(lines).toContain('Source: a list. For eks. Written for Kubernetes 1.32 to 1.34.')
})
