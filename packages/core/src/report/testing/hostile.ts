// Hostile: assessments whose names, values and reasons try to break out of whatever they are written into.

import fc from 'fast-check'
import { childPath } from '../../kube/path.ts'
import type { Assessment } from '../../model/assessment.ts'
import { assessmentOf, controlResult, edition, entry, failure, result } from './sample-assessment.ts'

const nasty = [
  'a\nb',
  'a\r\nb\tc',
  '\u001b[31mred\u001b[0m',
  '\u001b]8;;https://example.com\u0007link\u001b]8;;\u0007',
  '\u009b2J',
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '--><b>',
  ']]>',
  '"quoted" \'and\' `ticked` ```',
  '&amp;&lt;',
  '=HYPERLINK("https://example.com")',
  '+1',
  '-1',
  '@SUM(A1)',
  '@someone #1 [link](https://example.com) ![x](y) | pipe |',
  'a,b;"c"',
  '\u202egnp.exe',
  '\u2028\u2029\u0000\u0001\u007f',
  '\ud800',
  'x\udc00',
  '日本語の名前',
  '👩‍👩‍👧‍👦 é ñ ﷽',
  '__proto__',
  '',
  ' ',
  'x'.repeat(10_000),
]

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.tuple(fc.constantFrom(...nasty), fc.constantFrom(...nasty)).map(([a, b]) => a + b),
)

const hostileValue = fc.oneof(hostileText, fc.constant(undefined), fc.jsonValue({ maxDepth: 2 }))

/** One failure, one excepted, one not evaluated and one error, a gap, an exception note and a control, all full of such texts. */
export const hostileParts = fc.record({
  kind: hostileText,
  name: hostileText,
  namespace: hostileText,
  file: hostileText,
  discriminator: hostileText,
  path: hostileText.map(key => childPath('spec', key)),
  value: hostileValue,
  expected: hostileText,
  reason: hostileText,
  owner: hostileText,
  control: hostileText,
})
type HostileParts = typeof hostileParts extends fc.Arbitrary<infer T> ? T : never

export function hostileAssessment(parts: HostileParts): Assessment {
  const { kind, name, namespace, file, discriminator, path, value, expected, reason, owner, control } = parts
  const own = entry(kind, name, 3, {
    key: `files/${kind}/${namespace}/${name}`,
    namespace,
    source: { file, document: 0, line: 3 },
  })
  const evidence = [{ path, actual: value, expected }]
  const gap = {
    scope: file,
    kind,
    namespace,
    reason: 'unparsable',
    detail: reason,
    line: 2,
    column: 1,
  } as const
  const hostileControl = {
    ...controlResult(0, 'fail').control,
    id: control,
    title: control,
    section: control,
  }
  return assessmentOf({
    scope: { type: 'files', id: 'files', name: file },
    resources: [own],
    editions: [{ ...edition, title: control }],
    results: [
      failure('privileged-container', own, { discriminator, evidence }),
      failure('host-pid', own, {
        evidence,
        reason,
        exception: { id: owner, owner, reason, expires: '2026-12-31' },
      }),
      result('not-evaluated', 'memory-limit', own, { reason }),
      result('error', 'readiness-probe', own, { reason }),
      result('not-evaluated', 'host-pid', null, { reason, gap }),
    ],
    controls: [controlResult(0, 'not-evaluated', { control: hostileControl, reason })],
    scores: [
      {
        benchmark: edition.benchmark,
        edition: edition.edition,
        value: null,
        low: 0,
        high: 100,
        evaluated: 0,
        notEvaluated: 1,
      },
    ],
    gaps: [gap],
    exceptions: [{ id: owner, state: 'expired', message: `exception ${owner}: ${reason}` }],
    fixed: [{ rule: 'host-pid', resource: own.key, discriminator }],
    fixOf: ({ rule }) =>
      rule === 'privileged-container' ? [{ op: 'add', path: '/spec/x', value }] : undefined,
  })
}
