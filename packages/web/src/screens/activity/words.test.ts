// Words of activity: actions, details in a line, and days as instants.

import { expect, it } from 'vitest'
import { actionWord, detailText, startOf } from './words.ts'

it('says actions and details as people read them', () => {
  expect(actionWord('cluster.scan-asked')).toBe('Cluster scan asked')
  expect(detailText({ role: 'admin', teams: ['a'], note: '', scope: {}, by: null })).toBe(
    'role admin · teams ["a"]',
  )
})

it('takes days from their beginning to that of the next', () => {
  const from = startOf('2026-03-31')
  const to = startOf('2026-03-31', 1)
  expect(from).toBe(new Date(2026, 2, 31).toISOString())
  expect(to).toBe(new Date(2026, 3, 1).toISOString())
  expect(startOf('yesterday')).toBeUndefined()
})
