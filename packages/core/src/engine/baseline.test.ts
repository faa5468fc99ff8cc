import { describe, expect, it } from 'vitest'
import type { Gap } from '../model/gap.ts'
import type { Resource } from '../model/resource.ts'
import { container, deployment, pod } from '../samples/pods.ts'
import { type Baseline, parseBaseline } from './baseline.ts'
import { control, edition, filesWith, forbidden, privileged, ruleThat, run } from './testing/assessing.ts'

const bad = (name: string) => container({ name, securityContext: { privileged: true } })
/** One finding for the whole pod, however many ports are at fault. */
const ports = ruleThat('ports', own =>
  own.containers.flatMap(one =>
    (one.ports ?? []).map((port, index) => ({
      path: `${one.path}.ports[${index}].containerPort`,
      actual: port.containerPort,
      expected: 'none',
    })),
  ),
)
const withPorts = (...numbers: readonly number[]) =>
  pod({ containers: [container({ ports: numbers.map(containerPort => ({ containerPort })) })] })

/** The baseline as its report would be read: what JSON keeps of it. */
function baselineOf(resources: readonly Resource[], rules = [privileged, ports]): Baseline {
  const { results } = run({ snapshot: filesWith(resources), rules })
  const report = { schemaVersion: 1, scope: { id: 'files' }, results }
  const attempt = parseBaseline(JSON.parse(JSON.stringify(report)), 'files')
  if (!attempt.ok) throw new Error(attempt.problems[0]?.message)
  return attempt.value
}

function compared(
  before: readonly Resource[],
  after: readonly Resource[],
  parts: { readonly gaps?: Gap[] } = {},
) {
  const { results, summary } = run({
    snapshot: filesWith(after, parts.gaps),
    rules: [privileged, ports],
    baseline: baselineOf(before),
  })
  return {
    changes: results
      .filter(({ outcome }) => outcome === 'fail')
      .map(({ discriminator, change }) => [discriminator ?? '', change]),
    fixed: summary.fixed,
    fresh: summary.newFailures,
  }
}

describe('against a baseline', () => {
  it('a failure that was there is unchanged, another is new, one that is gone is fixed', () => {
    const before = [deployment({ containers: [bad('a'), bad('b')] })]
    const { changes, fixed, fresh } = compared(before, [deployment({ containers: [bad('b'), bad('c')] })])
    expect(changes).toEqual([
      ['b', 'unchanged'],
      ['c', 'new'],
    ])
    expect(fixed).toEqual([{ rule: 'privileged', resource: 'files/Deployment/shop/web', discriminator: 'a' }])
    expect(fresh.critical).toBe(1)
  })

  it('a second regression inside a failing rule is new, a part mended is not', () => {
    expect(compared([withPorts(80)], [withPorts(80, 81)]).changes).toEqual([['', 'new']])
    expect(compared([withPorts(80)], [withPorts(80, 80)]).changes).toEqual([['', 'new']])
    expect(compared([withPorts(80, 81)], [withPorts(81)]).changes).toEqual([['', 'unchanged']])
    expect(compared([withPorts(80)], [withPorts(81)]).changes).toEqual([['', 'new']])
  })

  it('places in lists and files do not matter', () => {
    const moved = pod({
      containers: [container({ name: 'first' }), container({ ports: [{ containerPort: 80 }] })],
    })
    expect(compared([withPorts(80)], [pod({ metadata: { name: 'other' } }), moved]).changes).toEqual([
      ['', 'unchanged'],
    ])
  })

  it('a failure is fixed when its resource is gone', () => {
    expect(compared([withPorts(80)], [pod({ metadata: { name: 'other' } })]).fixed).toEqual([
      { rule: 'ports', resource: 'files/Pod/shop/web' },
    ])
  })

  it.each<[string, readonly Resource[], Gap[]]>([
    ['its kind may be hidden', [deployment()], [forbidden('Pod')]],
    ['its namespace may be hidden', [deployment()], [forbidden('Pod', 'shop')]],
    ['its object cannot be decoded', [pod({ containers: [{ image: 5 as unknown as string }] })], []],
  ])('it is not called fixed when %s', (_, after, gaps) => {
    expect(compared([withPorts(80)], after, { gaps }).fixed).toEqual([])
  })

  it('it is not called fixed when its rule did not run, or threw', () => {
    const baseline = baselineOf([withPorts(80)])
    const fixedBy = (rules: Parameters<typeof run>[0]['rules']) =>
      run({ snapshot: filesWith([pod()]), rules, baseline }).summary.fixed
    expect(fixedBy([ports])).toHaveLength(1)
    expect(fixedBy([privileged])).toEqual([])
    expect(
      fixedBy([
        ruleThat('ports', () => {
          throw new Error('no')
        }),
      ]),
    ).toEqual([])
  })

  it('a rule asked with other parameters is another failure', () => {
    const limited = ruleThat('limited', () => [{ path: 'spec', actual: 1, expected: 'x' }], {
      parameters: { limit: { type: 'number', default: 1, description: 'A limit.' } },
    })
    const bound = edition(control('c', [], { rules: [{ rule: 'limited', parameters: { limit: 2 } }] }))
    const { results, summary } = run({
      snapshot: filesWith([pod()]),
      rules: [limited],
      editions: [bound],
      baseline: baselineOf([pod()], [limited]),
    })
    expect(results.map(({ parameters, change }) => [parameters, change])).toEqual([
      [undefined, 'unchanged'],
      [{ limit: 2 }, 'new'],
    ])
    expect(summary.fixed).toEqual([])
  })
})

describe('parseBaseline', () => {
  const report = { schemaVersion: 1, scope: { id: 'files' }, results: [] }
  const messages = (value: unknown) => {
    const attempt = parseBaseline(value, 'files')
    return attempt.ok ? [] : attempt.problems.map(({ code, message }) => `${code}: ${message}`)
  }

  it('keeps failures only', () => {
    const fail = { rule: 'r', outcome: 'fail', resource: 'files/Pod/a/b', evidence: [{ path: 'spec' }] }
    const attempt = parseBaseline(
      {
        ...report,
        results: [fail, { ...fail, outcome: 'pass' }, { ...fail, outcome: 'not-evaluated', resource: null }],
      },
      'files',
    )
    expect(attempt.ok && attempt.value.size).toBe(1)
  })

  it.each<[unknown, string[]]>([
    [report, []],
    [5, ['must be a map of fields, not 5']],
    [{ ...report, schemaVersion: 2 }, ['schemaVersion: must be 1; is this a report written with -o json?']],
    [{ ...report, scope: { id: 'c2' } }, ['scope.id: the report is about c2, not about files']],
    [{ schemaVersion: 1 }, ['scope.id: is required', 'results: must be a list']],
    [{ ...report, results: [5] }, ['results[0]: is not a result as -o json writes them']],
    [
      { ...report, results: [{ outcome: 'fail', rule: 'r' }] },
      ['results[0]: is not a result as -o json writes them'],
    ],
  ])('%j', (value, expected) => {
    expect(messages(value)).toEqual(expected.map(message => `invalid-baseline: ${message}`))
  })
})
