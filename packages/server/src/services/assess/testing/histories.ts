// Histories: for property tests: what a small cluster may hold and what may hide of it, and an exception that covers some.

import type { Gap, Resource, RuleException } from '@plimsoll/core'
import fc from 'fast-check'
import { account, configMap, forbidden } from './world.ts'

export const labelled = { app: 'x' }

const key = ({ kind, metadata }: Resource) => `${kind}/${metadata.namespace}/${metadata.name}`
const name = fc.constantFrom('a', 'b', 'c')
const resource: fc.Arbitrary<Resource> = fc.oneof(
  fc
    .tuple(name, fc.constantFrom({}, { bad: '1' }, { bad: '2', bad2: 'x' }), fc.boolean())
    .map(([own, data, isLabelled]) => configMap(own, data, isLabelled ? labelled : undefined)),
  name.map(account),
)

/** What one snapshot says; whether the exception holds then. */
export const snapshotStep = {
  resources: fc.uniqueArray(resource, { selector: key, maxLength: 6 }),
  gaps: fc.constantFrom<Gap[]>([], [], [forbidden('ServiceAccount')], [forbidden('ConfigMap')]),
  excepts: fc.boolean(),
}

export const accepted: RuleException = {
  id: 'e',
  rules: ['has-labels'],
  scope: { names: ['a'] },
  owner: 'o',
  reason: 'not-relevant',
  expires: '2030-01-01',
}
