// Report as HTML: all controls stand in it, what is not known is told, and no text of the server becomes markup.

import type { WholeStandard } from '@plimsoll/core/contract/client'
import { expect, test } from 'vitest'
import { reportHtml } from './report-html.ts'

const score = { value: null, low: 40, high: 90.5, evaluated: 1, notEvaluated: 1 }
const control = {
  id: '1.1',
  title: 'No <script> & "quotes"',
  section: '1',
  severity: 'high',
  automated: true,
  level: null,
  requirement: null,
  remediation: null,
  rules: [],
  outcome: 'fail',
  reason: null,
  attested: 0,
  passed: 1200,
  failed: 3,
  excepted: 1,
  notEvaluated: 2,
  notApplicable: 0,
  unbounded: true,
} as const
const standard: WholeStandard = {
  benchmark: 'cis-k8s',
  edition: '2.0.1',
  title: 'A standard',
  clusters: 2,
  score,
  controls: { fail: 1, manual: 1 },
  attested: 0,
  source: '',
  sections: [
    {
      id: '1',
      title: 'First',
      score,
      controls: [
        control,
        { ...control, id: '1.2', outcome: 'manual', reason: 'attest that <it> is so', attested: 2 },
      ],
    },
  ],
}
const html = reportHtml(standard, { at: '2026-11-24T12:00:00Z', scope: 'all clusters' })

test('every control stands in it with its numbers', () => {
  expect(html).toContain('<td>1.1</td>')
  expect(html).toContain('<td>1.2</td>')
  expect(html).toContain('<td class="number">1,200</td>')
  expect(html).toContain('1 fail · 1 manual')
  expect(html).toContain('attested in 2 clusters')
})

test('what is not known is no number', () => {
  expect(html).toContain('no score, lies in 40.0–90.5')
  expect(html).toContain('<td class="number">2+</td>')
})

test('texts stay texts', () => {
  expect(html).toContain('No &lt;script&gt; &amp; &quot;quotes&quot;')
  expect(html).toContain('attest that &lt;it&gt; is so')
  expect(html).not.toContain('<script')
})
