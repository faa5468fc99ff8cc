// Hostile lookups: what rules look up may be undecodable, down to its name; then it is neither there nor missing.

import { expect, test } from 'vitest'
import type { Resource } from '../model/resource.ts'
import { object } from '../samples/objects.ts'
import { pod } from '../samples/pods.ts'
import { filesWith, lines, ruleThat, run } from './testing/assessing.ts'

const web = pod({ serviceAccountName: 'web' })

/** Fails a pod whose ServiceAccount is not there. */
const accountThere = ruleThat(
  'account-there',
  function* ({ spec, namespace }, { lookup }) {
    if (!lookup.get('ServiceAccount', namespace, spec.serviceAccountName ?? ''))
      yield {
        path: 'spec.serviceAccountName',
        actual: spec.serviceAccountName,
        expected: 'one that is there',
      }
  },
  { reads: ['ServiceAccount'] },
)

/** Fails a pod that stands beside a ServiceAccount with more than two Secrets, and takes for granted that they are a list. */
const fewSecrets = ruleThat(
  'few-secrets',
  function* (_, { lookup }) {
    for (const { secrets } of lookup.list('ServiceAccount'))
      if ((secrets as string[]).slice(2).length > 0) yield { path: 'spec', actual: secrets, expected: 'few' }
  },
  { reads: ['ServiceAccount'] },
)

const account = (metadata: object, fields: object = {}): Resource =>
  object('v1', 'ServiceAccount', { namespace: 'shop', ...metadata }, fields as Record<string, unknown>)

const outcomes = (rule: typeof accountThere, ...others: readonly Resource[]) => {
  const { results, summary } = run({ snapshot: filesWith([web, ...others]), rules: [rule] })
  return { lines: lines(results), gaps: summary.gaps.map(({ detail }) => detail) }
}

test('what is looked for by name may be the one whose name cannot be told', () => {
  for (const metadata of [
    { name: 7 },
    { name: ['web'] },
    { generateName: {} },
    { name: 'web', namespace: true },
  ])
    expect(outcomes(accountThere, account(metadata)).lines).toEqual([
      'account-there files/Pod/shop/web not-evaluated',
    ])
})

test('but not in another namespace, nor where name and namespace are sound', () => {
  const failed = ['account-there files/Pod/shop/web fail']
  expect(outcomes(accountThere, account({ name: 7, namespace: 'elsewhere' })).lines).toEqual(failed)
  expect(outcomes(accountThere, account({ name: 'other', labels: 7 })).lines).toEqual(failed)
})

test('it is one gap, which names the field, however often it was in the way', () => {
  const { gaps } = outcomes(accountThere, account({ name: 7 }), pod({ metadata: { name: 'second' } }))
  expect(gaps).toEqual([
    'ServiceAccount cannot be decoded: metadata.name must be a string, not 7; no rule could judge it',
  ])
})

test('a rule that trips over what no API server could decode is not at fault', () => {
  const broken = account({ name: 'a' }, { automountServiceAccountToken: 'no' })
  expect(outcomes(fewSecrets, broken).lines).toEqual(['few-secrets files/Pod/shop/web not-evaluated'])
  expect(outcomes(fewSecrets, account({ name: 'a' })).lines).toEqual(['few-secrets files/Pod/shop/web error'])
})
