import { describe, expect, it } from 'vitest'
import type { Resource } from '../model/resource.ts'
import type { Violation } from '../model/rule.ts'
import { object, serviceAccount } from '../samples/objects.ts'
import { container, cronJob, deployment, pod, podWith } from '../samples/pods.ts'
import { judgeRule } from './judge-rule.ts'
import { forbidden, lines, privileged, ruleThat, unreadableFile } from './testing/assessing.ts'

const bad = { securityContext: { privileged: true } }

describe('judgeRule', () => {
  it('gives one result for a pass, without evidence', () => {
    expect(judgeRule(privileged, podWith({}))).toEqual([
      {
        rule: 'privileged',
        severity: 'critical',
        outcome: 'pass',
        resource: 'files/Pod/shop/web',
        evidence: [],
      },
    ])
  })

  it('gives one result for each discriminator, in the order of the violations', () => {
    const twice = ruleThat('twice', function* (): Generator<Violation> {
      for (const discriminator of ['b', 'a', 'b', undefined])
        yield {
          path: 'spec',
          actual: discriminator,
          expected: 'x',
          ...(discriminator !== undefined && { discriminator }),
        }
    })
    const results = judgeRule(twice, pod())
    expect(lines(results)).toEqual([
      'twice files/Pod/shop/web[b] fail',
      'twice files/Pod/shop/web[a] fail',
      'twice files/Pod/shop/web fail',
    ])
    expect(results.map(({ evidence }) => evidence.length)).toEqual([2, 1, 1])
  })

  it('judges every kind that makes pods, and no foreign kind of the same name', () => {
    expect(lines(judgeRule(privileged, cronJob({ containers: [container(bad)] })))).toEqual([
      'privileged files/CronJob/shop/nightly[app] fail',
    ])
    const foreign: Resource = {
      ...deployment({ containers: [container(bad)] }),
      apiVersion: 'example.com/v1',
    }
    expect(judgeRule(privileged, foreign)).toEqual([])
  })

  it('judges the kinds that a rule names, any kind for *', () => {
    const always = (parts: object) =>
      ruleThat('always', () => [{ path: 'metadata', actual: {}, expected: 'x' }], parts)
    expect(judgeRule(always({ subject: 'Service' }), object('v1', 'Service'))).toHaveLength(1)
    expect(judgeRule(always({ subject: 'Service' }), object('serving.knative.dev/v1', 'Service'))).toEqual([])
    expect(judgeRule(always({ subject: 'S', kinds: ['Secret'] }), object('v1', 'Secret'))).toHaveLength(1)
    expect(judgeRule(always({ subject: 'S', kinds: ['Secret'] }), object('v1', 'ConfigMap'))).toEqual([])
    expect(judgeRule(always({ subject: '*' }), object('example.com/v1', 'Any'))).toHaveLength(1)
  })

  it('gives an error with a short reason for a rule that throws, whatever it had found', () => {
    const throws = ruleThat('throws', function* (): Generator<Violation> {
      yield { path: 'spec', actual: 1, expected: 'x' }
      throw new TypeError('it broke\n    at somewhere')
    })
    expect(judgeRule(throws, pod())).toEqual([
      {
        rule: 'throws',
        severity: 'high',
        outcome: 'error',
        resource: 'files/Pod/shop/web',
        reason: 'the rule failed: TypeError: it broke',
        evidence: [],
      },
    ])
    const long = ruleThat('long', () => {
      throw 'x'.repeat(1000)
    })
    expect(judgeRule(long, pod())[0]?.reason).toHaveLength('the rule failed: '.length + 200)
  })

  it('takes a lookup of an undeclared kind for a fault of the rule', () => {
    const peeks = ruleThat('peeks', (_, { lookup }) => {
      lookup.list('Secret')
      return []
    })
    expect(judgeRule(peeks, pod())[0]).toMatchObject({
      outcome: 'error',
      reason: expect.stringContaining('rule peeks looks up Secret but does not declare it in reads'),
    })
  })

  it('does not judge what the API server could not decode, and says where', () => {
    const odd = podWith({ securityContext: { privileged: 'yes' as unknown as boolean } })
    expect(judgeRule(privileged, odd)).toMatchObject([
      {
        outcome: 'not-evaluated',
        reason:
          'Pod web cannot be decoded: spec.containers[0].securityContext.privileged must be true or false, not "yes"; no rule could judge it',
        gap: { kind: 'Pod', namespace: 'shop', reason: 'unparsable' },
      },
    ])
    const noSpec: Resource = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' } }
    expect(judgeRule(privileged, noSpec)[0]?.reason).toContain('spec must be an object, not missing')
  })

  it('knows for which operating system and versions a rule is', () => {
    const linux = ruleThat('linux', () => [], { appliesTo: { os: 'linux' } })
    const outcomeOf = (os: string | undefined) =>
      judgeRule(linux, pod(os === undefined ? {} : { os: { name: os } }))[0]?.outcome
    expect([undefined, 'linux', 'windows'].map(outcomeOf)).toEqual(['pass', 'pass', 'not-applicable'])

    const recent = ruleThat('recent', () => [], { appliesTo: { kubernetes: { min: '1.25', max: '1.30' } } })
    const outcomes = ['1.24', '1.25', 'v1.30.2', '1.31'].map(
      kubernetesVersion => judgeRule(recent, pod(), { kubernetesVersion })[0]?.outcome,
    )
    expect(outcomes).toEqual(['not-applicable', 'pass', 'pass', 'not-applicable'])
    expect(judgeRule(recent, pod())[0]?.reason).toBe('the rule is for Kubernetes up to 1.30, this is 1.37')
    expect(() => judgeRule(recent, pod(), { kubernetesVersion: 'x' })).toThrow('x is no Kubernetes version')
  })

  it('adds the admission controller’s words where it would deny', () => {
    const admission = (denial: unknown) =>
      ruleThat('denied', () => [{ path: 'spec', actual: 1, expected: 'x' }], {
        admission: { check: 'privileged', denial: () => denial as never },
      })
    expect(judgeRule(admission({ reason: 'r', detail: 'd' }), pod())[0]?.admission).toEqual({
      check: 'privileged',
      reason: 'r',
      detail: 'd',
    })
    expect(judgeRule(admission(undefined), pod())[0]).not.toHaveProperty('admission')
  })
})

describe('what a rule looks up', () => {
  const dangling = ruleThat(
    'dangling',
    function* (own, { lookup }): Generator<Violation> {
      const name = own.spec.serviceAccountName ?? 'default'
      if (!lookup.get('ServiceAccount', own.namespace, name))
        yield { path: 'spec.serviceAccountName', actual: name, expected: 'an account that exists' }
    },
    { reads: ['ServiceAccount'] },
  )
  const listing = ruleThat(
    'listing',
    (own, { lookup }) =>
      lookup.list('ServiceAccount', own.namespace).map(() => ({ path: 'spec', actual: 1, expected: 'x' })),
    { reads: ['ServiceAccount'] },
  )
  const account = serviceAccount()
  const subject = pod({ serviceAccountName: 'web' })

  it('is found by kind, namespace and name', () => {
    expect(judgeRule(dangling, subject, { with: [account] })[0]?.outcome).toBe('pass')
    expect(judgeRule(dangling, subject, { with: [serviceAccount({ namespace: 'other' })] })[0]?.outcome).toBe(
      'fail',
    )
    expect(judgeRule(listing, subject, { with: [account] })[0]?.outcome).toBe('fail')
    expect(judgeRule(listing, subject, { with: [serviceAccount({ namespace: 'other' })] })[0]?.outcome).toBe(
      'pass',
    )
  })

  it.each([
    ['the kind', forbidden('ServiceAccount'), 'not-evaluated'],
    ['the namespace', forbidden('ServiceAccount', 'shop'), 'not-evaluated'],
    ['another namespace', forbidden('ServiceAccount', 'other'), 'fail'],
    ['another kind', forbidden('Secret'), 'fail'],
    ['a file that may hold anything', unreadableFile, 'not-evaluated'],
  ])('is not believed to be missing where a gap hides %s', (_, gap, outcome) => {
    const result = judgeRule(dangling, subject, { gaps: [gap] })[0]
    expect(result?.outcome).toBe(outcome)
    expect(result?.gap).toEqual(outcome === 'fail' ? undefined : gap)
  })

  it('is believed where it was found by name, though not where its content is old', () => {
    const outcomeWith = (reason: 'forbidden' | 'stale' | 'redacted') =>
      judgeRule(dangling, subject, {
        with: [account],
        gaps: [{ ...forbidden('ServiceAccount'), reason }],
      })[0]?.outcome
    expect(outcomeWith('forbidden')).toBe('pass')
    expect(outcomeWith('stale')).toBe('not-evaluated')
    expect(outcomeWith('redacted')).toBe('not-evaluated')
  })

  it('is no ground for a verdict when listed in part, whatever was found', () => {
    expect(
      judgeRule(listing, subject, { with: [account], gaps: [forbidden('ServiceAccount')] })[0]?.outcome,
    ).toBe('not-evaluated')
  })
})
