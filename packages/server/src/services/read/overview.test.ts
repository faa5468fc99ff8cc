import { expect, test } from 'vitest'
import { shownFirst } from './overview.ts'

const edition = (benchmark: string, clusters: number) => ({ benchmark, edition: '1', clusters })

test('the overview opens on the edition of most clusters, of equals on a benchmark before a catalogue of threats', () => {
  expect(shownFirst([])).toBeUndefined()
  expect(shownFirst([edition('cis-k8s', 2), edition('mitre-attack-containers', 3)])?.benchmark).toBe(
    'mitre-attack-containers',
  )
  expect(
    shownFirst([edition('mitre-attack-containers', 3), edition('nsa-cisa', 3), edition('owasp', 3)])
      ?.benchmark,
  ).toBe('nsa-cisa')
  expect(shownFirst([edition('nsa-cisa', 3), edition('cis-eks', 3)])?.benchmark).toBe('cis-eks')
})
