// Zone terms: a term comes back from its draft as it was, and only labels that read as such stay.

import { expect, test } from 'vitest'
import { labelsOf, termDraft, termOf } from './zone-terms.ts'

test('a term comes back as it was', () => {
  const term = {
    accounts: ['1'],
    clusters: ['c'],
    clusterLabels: { environment: 'production' },
    namespaces: ['team-*'],
    labels: { app: '', 'a.b/c': 'x=y' },
  }
  expect(termOf(termDraft(term))).toEqual(term)
  expect(termOf(termDraft({}))).toEqual({})
})

test('what is no label is left out, and of one name the last stays', () => {
  expect(labelsOf(['app = shop', 'nonsense', 'app=web', '=x'])).toEqual(['app=web'])
})
