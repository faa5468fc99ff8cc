// Tests of the table: what a person sees, at the widths of terminals, and nothing wider than they are.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostileAssessment, hostileParts } from '../testing/hostile.ts'
import {
  assessmentOf,
  entry,
  failure,
  mixedAssessment,
  options,
  result,
} from '../testing/sample-assessment.ts'
import { columns } from '../text.ts'
import { type TableOptions, tableReport } from './table.ts'

const plain = { ...options, width: 80, paint: (_: string, text: string) => text }
const table = (assessment = mixedAssessment(), own: Partial<TableOptions> = {}) =>
  [...tableReport(assessment, { ...plain, ...own })].join('')

test('at 80 columns', () => {
  expect(table()).toMatchInlineSnapshot(`
    "Deployment shop/web  shop/app.yaml:12
      CRITICAL  No container runs privileged  privileged-container
            59  main  …securityContext.privileged = true → unset or false
           fix  Leave securityContext.privileged unset.
      HIGH      No pod shares the processes of its node  host-pid
            26  spec.template.spec.hostPID = true → unset or false
           fix  set it to false

    Deployment shop/api  shop/app.yaml:60
      MEDIUM    Every container has a memory limit  memory-limit
            56  main  …resources.limits.memory is not set → a memory limit
           fix  Set resources.limits.memory.

    Benchmarks
      pss-baseline@1.34  no score (40.0 to 66.7): 0 of 3 controls pass, 2 fail, 1
                         for a person to attest
        fail: hostNamespaces, privileged

    Exceptions
      ! unused      exception e-2 covers no failure

    Not looked at: 1 gap
      ! unparsable  shop/broken.yaml:3:7
        a quote is not closed; 1 verdict of 1 rule not evaluated for it

    Rules that broke: 1 error of ours
      ! error  memory-limit
        the rule failed: TypeError: it is no list (1 resource, first
        files/CronJob/shop/nightly)

    3 findings in 2 of 3 resources: 1 critical, 1 high, 1 medium
    1 accepted by exceptions · 1 verdict not evaluated · 1 error · 2 passed
    "
  `)
})

test('at 120 columns paths are whole', () => {
  expect(table(mixedAssessment(), { width: 120 }).split('\n')[2]).toBe(
    '        59  main  spec.template.spec.containers[0].securityContext.privileged = true → unset or false',
  )
})

test('no line is wider than the terminal, whatever is in the names', () => {
  fc.assert(
    fc.property(hostileParts, fc.integer({ min: 60, max: 140 }), (parts, width) => {
      for (const line of table(hostileAssessment(parts), { width }).split('\n'))
        expect(columns(line)).toBeLessThanOrEqual(width)
    }),
    { numRuns: 200 },
  )
})

test('colours are given only by the caller, and lines without them say the same', () => {
  const painted = table(mixedAssessment(), { paint: (style, text) => `<${style}>${text}</${style}>` })
  expect(painted).toContain('<critical>CRITICAL</critical>')
  expect(painted.replace(/<\/?(?:critical|high|medium|low|strong|faint|good|warn)>/g, '')).toBe(table())
})

const many = (count: number) =>
  Array.from({ length: count }, (_, i) => entry('Deployment', `web-${i}`, i + 1))

test('many resources alike make one block; --verbose names each', () => {
  const alike = () =>
    assessmentOf({ resources: many(30), results: many(30).map(one => failure('host-pid', one)) })
  const text = table(alike())
  expect(text.match(/HIGH/g)).toHaveLength(1)
  expect(text).toContain('… and 25 more with the same findings')
  expect(text).toContain('30 findings in 30 of 30 resources: 30 high')
  const all = table(alike(), { verbose: true })
  for (const { name } of many(30)) expect(all).toContain(`Deployment shop/${name} `)
})

test('very many different ones are cut, and counted', () => {
  const resources = many(250)
  const results = resources.map((one, i) =>
    failure(i < 5 ? 'host-pid' : 'memory-limit', one, {
      evidence: [{ path: 'x', actual: i, expected: 'y' }],
    }),
  )
  const text = table(assessmentOf({ resources, results }))
  expect(text.match(/^ {2}HIGH/gm)).toHaveLength(5)
  expect(text.match(/^ {2}MEDIUM/gm)).toHaveLength(45)
  expect(text).toContain('Not shown here: 200 findings in 200 resources, medium at worst')
  expect(text).toContain('  245 × memory-limit (medium)')
  for (const line of text.split('\n')) expect(columns(line)).toBeLessThanOrEqual(80)
  expect(table(assessmentOf({ resources, results }), { verbose: true }).match(/^ {2}MEDIUM/gm)).toHaveLength(
    245,
  )
})

test('the last line is good news only where everything was judged', () => {
  const resources = many(2)
  const passes = resources.map(one => result('pass', 'host-pid', one))
  const last = (assessment: Parameters<typeof table>[0]) => table(assessment).trimEnd().split('\n').at(-2)
  expect(last(assessmentOf({ resources, results: passes }))).toBe('No findings in 2 resources.')
  const gap = { scope: 'cluster', kind: 'Pod', reason: 'forbidden', detail: 'may not list pods' } as const
  expect(last(assessmentOf({ resources, results: passes, gaps: [gap] }))).toBe(
    'No findings in what could be judged of 2 resources.',
  )
  expect(last(assessmentOf())).toBe('Nothing was judged.')
})

test('against a baseline only what is new is listed', () => {
  const [first, second] = many(2) as [ReturnType<typeof entry>, ReturnType<typeof entry>]
  const text = table(
    assessmentOf({
      resources: [first, second],
      results: [
        failure('host-pid', first, { change: 'unchanged' }),
        failure('host-pid', second, { change: 'new' }),
      ],
      fixed: [{ rule: 'memory-limit', resource: first.key }],
    }),
    { baseline: true },
  )
  expect(text).not.toContain('shop/web-0')
  expect(text).toContain('1 new finding in 1 of 2 resources: 1 high')
  expect(text).toContain('1 not listed (unchanged since the baseline) · 1 fixed since the baseline')
})
