import { describe, expect, it } from 'vitest'
import type { Control } from '../model/benchmark.ts'
import type { KubernetesVersion } from '../model/kubernetes-version.ts'
import type { Profile } from '../model/profile.ts'
import { pod } from '../samples/pods.ts'
import { clusterWith, control, edition, filesWith, lines, ruleThat, run } from './testing/assessing.ts'

const description = 'A parameter.'
/** Fails where the version it runs with is older than 1.30. */
const versioned = ruleThat(
  'versioned',
  (_, { parameters }) =>
    (parameters as unknown as { readonly version: KubernetesVersion }).version.minor < 30
      ? [{ path: 'spec', actual: 1, expected: 'x' }]
      : [],
  {
    aliases: ['older-name'],
    parameters: { version: { type: 'kubernetes-version', default: 'cluster', description } },
  },
)
const quiet = ruleThat('quiet', () => [], { defaultEnabled: false })
const plain = ruleThat('plain', () => [])
const rules = [versioned, quiet, plain]
const snapshot = clusterWith([pod()])
const binding = (version: string) => ({ rules: [{ rule: 'versioned', parameters: { version } }] })
const profileWith = (own: Partial<Profile>): Profile => ({ name: 'p', rules: {}, controls: {}, ...own })
const ran = (input: Partial<Parameters<typeof run>[0]>) => lines(run({ snapshot, rules, ...input }).results)

describe('which rules run', () => {
  it('is all that are on, where nothing is asked', () => {
    expect(ran({})).toEqual(['versioned c1/Pod/shop/web pass', 'plain c1/Pod/shop/web pass'])
  })

  it('is those asked for by id or alias, be they off by default', () => {
    expect(ran({ asked: ['older-name', 'quiet'] })).toEqual([
      'versioned c1/Pod/shop/web pass',
      'quiet c1/Pod/shop/web pass',
    ])
    expect(ran({ asked: [] })).toEqual([])
  })

  it('follows the profile', () => {
    const profile = profileWith({
      rules: { quiet: { enabled: true }, 'older-name': { enabled: false, reason: 'not ours' } },
    })
    expect(ran({ profile })).toEqual(['quiet c1/Pod/shop/web pass', 'plain c1/Pod/shop/web pass'])
    expect(ran({ profile, asked: ['versioned'] })).toEqual([])
  })

  it('includes those that an edition binds, though they are off by default', () => {
    expect(ran({ asked: [], editions: [edition(control('c', ['quiet']))] })).toEqual([
      'quiet c1/Pod/shop/web pass',
    ])
  })
})

describe('parameters', () => {
  it('of a control win over those of the profile, and are told with the result', () => {
    const { results } = run({
      snapshot,
      rules: [versioned],
      editions: [edition(control('old', [], binding('1.29')), control('new', [], binding('1.31')))],
    })
    expect(results.map(({ outcome, parameters }) => [outcome, parameters])).toEqual([
      ['pass', undefined],
      ['fail', { version: '1.29' }],
      ['pass', { version: '1.31' }],
    ])
  })

  it('that are equal are judged once', () => {
    const { results, summary } = run({
      snapshot,
      rules: [versioned],
      editions: [
        edition(
          control('same', [], binding('1.34')),
          control('again', [], binding('v1.34')),
          control('default', ['older-name']),
        ),
      ],
    })
    expect(lines(results)).toEqual(['versioned c1/Pod/shop/web pass'])
    expect(summary.controls.map(({ control: { id }, passed }) => [id, passed])).toEqual([
      ['same', 1],
      ['again', 1],
      ['default', 1],
    ])
  })

  it('take the newest known version for files', () => {
    const { results } = run({
      snapshot: filesWith([pod()]),
      rules: [versioned],
      editions: [edition(control('newest', [], binding('1.37')))],
    })
    expect(results).toHaveLength(1)
    expect(results[0]).not.toHaveProperty('parameters')
  })

  it('come from the profile', () => {
    const profile = profileWith({ rules: { versioned: { parameters: { version: '1.20' } } } })
    expect(ran({ profile })).toEqual(['versioned c1/Pod/shop/web fail', 'plain c1/Pod/shop/web pass'])
  })
})

describe('controls', () => {
  const rolled = (profile: Profile, ...controls: readonly Control[]) =>
    run({ snapshot, rules, profile, editions: [edition(...controls)] }).summary.controls[0]

  it('do not pass when the profile switches a rule of theirs off', () => {
    const profile = profileWith({ rules: { plain: { enabled: false, reason: 'noise' } } })
    expect(rolled(profile, control('c', ['versioned', 'plain']))).toMatchObject({
      outcome: 'not-evaluated',
      reason: 'its rule plain is off in the profile: noise',
      passed: 1,
    })
  })

  it('do not pass when a rule of theirs is unknown', () => {
    expect(rolled(profileWith({}), control('c', ['versioned', 'gone']))).toMatchObject({
      outcome: 'not-evaluated',
      reason: 'its rule gone is unknown',
    })
  })

  it.each(['test/c', 'test@1.0/c'])('are left out by the profile as %s', id => {
    const profile = profileWith({ controls: { [id]: { enabled: false, reason: 'met elsewhere' } } })
    expect(rolled(profile, control('c', ['quiet']))).toMatchObject({
      outcome: 'not-applicable',
      reason: 'left out by the profile: met elsewhere',
    })
    expect(ran({ profile, asked: [], editions: [edition(control('c', ['quiet']))] })).toEqual([])
  })
})

describe('a cluster whose version could not be read', () => {
  const { kubernetesVersion: _, ...scope } = snapshot.scope
  const denied = {
    scope: 'cluster',
    kind: 'Version',
    reason: 'forbidden',
    detail: 'it may not be read',
  } as const
  const untold = { ...snapshot, scope, gaps: [denied] }
  const bounded = ruleThat('bounded', () => [], { appliesTo: { kubernetes: { max: '1.30' } } })

  it('gets no verdict of rules that depend on it, and those of all others', () => {
    const { results, summary } = run({ snapshot: untold, rules: [...rules, bounded] })
    expect(lines(results)).toEqual([
      'versioned c1/Pod/shop/web not-evaluated',
      'plain c1/Pod/shop/web pass',
      'bounded c1/Pod/shop/web not-evaluated',
    ])
    expect(results[0]).toMatchObject({ reason: denied.detail, gap: denied })
    expect(summary.gaps).toEqual([denied])
  })

  it('is judged by a version that the profile or a benchmark names', () => {
    const profile = profileWith({ rules: { versioned: { parameters: { version: '1.29' } } } })
    expect(ran({ snapshot: untold, profile, asked: ['versioned'] })).toEqual([
      'versioned c1/Pod/shop/web fail',
    ])
    const { results } = run({
      snapshot: untold,
      rules,
      asked: ['versioned'],
      editions: [edition(control('1', [], binding('1.29')))],
    })
    expect(results.map(({ outcome, parameters }) => [outcome, parameters])).toEqual([
      ['not-evaluated', undefined],
      ['fail', { version: '1.29' }],
    ])
  })

  it('has a gap of its own where the snapshot has none', () => {
    const { results, summary } = run({ snapshot: { ...untold, gaps: [] }, rules, asked: ['versioned'] })
    expect(lines(results)).toEqual(['versioned c1/Pod/shop/web not-evaluated'])
    expect(summary.gaps).toMatchObject([{ kind: 'Version', reason: 'not-collected' }])
  })
})
