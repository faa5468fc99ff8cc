// Sample assessment: small assessments made by hand, for the tests of reports.

import type { Assessment, ControlResult, ResourceEntry, Summary } from '../../model/assessment.ts'
import type { Control, Edition } from '../../model/benchmark.ts'
import type { Result } from '../../model/result.ts'
import { defineRule, type Rule } from '../../model/rule.ts'
import type { ReportOptions } from '../options.ts'

type Parts = Partial<Omit<Assessment, 'results' | 'summary'>> &
  Partial<Summary> & { readonly results?: readonly Result[] }

/** An assessment that gives the results listed, and sums them up as the engine would. What is not given is empty. */
export function assessmentOf(parts: Parts = {}): Assessment {
  const { results = [], fixOf = () => undefined } = parts
  const counts: Record<string, number> = {}
  for (const key of ['pass', 'fail', 'manual', 'not-applicable', 'not-evaluated', 'error', 'excepted'])
    counts[key] = results.filter(
      ({ outcome, exception }) => (outcome === 'fail' && exception ? 'excepted' : outcome) === key,
    ).length
  const failures = (kept: (result: Result) => boolean) => {
    const open = results.filter(result => result.outcome === 'fail' && !result.exception && kept(result))
    const of = (severity: string) => open.filter(result => result.severity === severity).length
    return { critical: of('critical'), high: of('high'), medium: of('medium'), low: of('low') }
  }
  let isDone = false
  return {
    tool: { name: 'plimsoll', version: '0.1.0' },
    scope: { type: 'files', id: 'files', name: 'shop' },
    startedAt: '2026-02-03T04:05:06.000Z',
    resources: [],
    editions: [],
    ...parts,
    fixOf,
    *results() {
      yield* results
      isDone = true
    },
    summary() {
      if (!isDone) throw new Error('summed up too early')
      return {
        controls: [],
        scores: [],
        gaps: [],
        exceptions: [],
        fixed: [],
        ...parts,
        counts: counts as unknown as Summary['counts'],
        failures: failures(() => true),
        newFailures: failures(({ change }) => change !== 'unchanged'),
      }
    },
  }
}

export const entry = (
  kind: string,
  name: string,
  line?: number,
  own: Partial<ResourceEntry> = {},
): ResourceEntry => ({
  key: `files/${kind}/shop/${name}`,
  apiVersion: 'apps/v1',
  kind,
  namespace: 'shop',
  name,
  source: { file: 'shop/app.yaml', document: 0, ...(line !== undefined && { line }) },
  ...own,
})

export const failure = (rule: string, resource: ResourceEntry, own: Partial<Result> = {}): Result => ({
  rule,
  severity: rules.find(({ id }) => id === rule)?.severity ?? 'medium',
  outcome: 'fail',
  resource: resource.key,
  evidence: [{ path: 'spec.hostPID', actual: true, expected: 'unset or false' }],
  ...own,
})

export const result = (
  outcome: Result['outcome'],
  rule: string,
  resource: ResourceEntry | null,
  own: Partial<Result> = {},
): Result => ({
  rule,
  severity: 'medium',
  outcome,
  resource: resource?.key ?? null,
  evidence: [],
  ...own,
})

const ruleOf = (id: string, title: string, severity: Rule['severity'], remediation: string): Rule =>
  defineRule({
    id,
    title,
    severity,
    subject: 'PodTemplate',
    rationale: `${title}, because it matters.`,
    remediation,
    references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
    violations: () => [],
    examples: { fail: {}, pass: {} },
  })

export const rules: readonly Rule[] = [
  ruleOf(
    'privileged-container',
    'No container runs privileged',
    'critical',
    'Leave securityContext.privileged unset.',
  ),
  ruleOf('host-pid', 'No pod shares the processes of its node', 'high', 'Leave hostPID unset; use an agent.'),
  ruleOf('memory-limit', 'Every container has a memory limit', 'medium', 'Set resources.limits.memory.'),
  ruleOf('readiness-probe', 'Every container has a readiness probe', 'low', 'Add a readinessProbe.'),
]

const control = (id: string, title: string, own: Partial<Control> = {}): Control => ({
  id,
  section: 'Workloads',
  title,
  automated: true,
  severity: 'high',
  rules: [],
  ...own,
})

export const edition: Edition = {
  benchmark: 'pss-baseline',
  edition: '1.34',
  title: 'Pod Security Standards, baseline, 1.34',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  sections: [{ id: 'Workloads', title: 'Workloads' }],
  controls: [
    control('hostNamespaces', 'Pods keep out of the namespaces of the host', {
      rules: [{ rule: 'host-pid' }],
    }),
    control('privileged', 'Containers are not privileged', { rules: [{ rule: 'privileged-container' }] }),
    control('attested', 'Somebody looked at it', { automated: false, undecided: { manual: 'ask' } }),
  ],
}

export const controlResult = (
  index: number,
  outcome: ControlResult['outcome'],
  own: Partial<ControlResult> = {},
): ControlResult => ({
  benchmark: edition.benchmark,
  edition: edition.edition,
  control: edition.controls[index] as Control,
  outcome,
  passed: 2,
  failed: outcome === 'fail' ? 1 : 0,
  excepted: 0,
  notEvaluated: outcome === 'not-evaluated' ? 1 : 0,
  notApplicable: 0,
  unbounded: false,
  ...own,
})

const web = entry('Deployment', 'web', 12)
const api = entry('Deployment', 'api', 60)
const nightly = entry('CronJob', 'nightly', 88, { apiVersion: 'batch/v1' })

/** An assessment with something of everything: failures, an exception, an error, gaps, controls and a score that is none. */
export function mixedAssessment(): Assessment {
  const exception = { id: 'e-1', owner: 'team-a', reason: 'risk-mitigated', expires: '2026-12-31' }
  const gap = {
    scope: 'shop/broken.yaml',
    reason: 'unparsable',
    detail: 'a quote is not closed',
    line: 3,
    column: 7,
  } as const
  return assessmentOf({
    resources: [web, api, nightly],
    editions: [edition],
    results: [
      failure('privileged-container', web, {
        discriminator: 'main',
        evidence: [
          {
            path: 'spec.template.spec.containers[0].securityContext.privileged',
            actual: true,
            expected: 'unset or false',
          },
        ],
      }),
      failure('host-pid', web, {
        evidence: [{ path: 'spec.template.spec.hostPID', actual: true, expected: 'unset or false' }],
      }),
      result('pass', 'memory-limit', web),
      result('pass', 'host-pid', api),
      failure('memory-limit', api, {
        discriminator: 'main',
        evidence: [
          {
            path: 'spec.template.spec.containers[0].resources.limits.memory',
            actual: undefined,
            expected: 'a memory limit',
          },
        ],
      }),
      failure('host-pid', nightly, { exception }),
      result('error', 'memory-limit', nightly, { reason: 'the rule failed: TypeError: it is no list' }),
      result('not-applicable', 'privileged-container', nightly, {
        reason: 'the pod is declared for windows',
      }),
      result('not-evaluated', 'memory-limit', null, { reason: gap.detail, gap }),
    ],
    controls: [
      controlResult(0, 'fail'),
      controlResult(1, 'fail'),
      controlResult(2, 'manual', { reason: 'ask' }),
    ],
    scores: [
      {
        benchmark: 'pss-baseline',
        edition: '1.34',
        value: null,
        low: 40,
        high: 66.7,
        evaluated: 2,
        notEvaluated: 0,
      },
    ],
    gaps: [gap],
    exceptions: [{ id: 'e-2', state: 'unused', message: 'exception e-2 covers no failure' }],
    fixOf: ({ rule }) =>
      rule === 'host-pid'
        ? [{ op: 'replace', path: '/spec/template/spec/hostPID', value: false }]
        : undefined,
  })
}

/** What `path` lines are in tests: its length. */
export const options: ReportOptions = {
  rules,
  now: () => '2026-02-03T04:05:07.000Z',
  locate: (_, paths) => paths.map(path => ({ line: path.length, column: 3 })),
}
