// Problem: what a database that is away, or has no room, looks like to a client.

import { expect, test } from 'vitest'
import { faultOf } from './problem.ts'

const thrown = (message: string, code?: string) =>
  Object.assign(new Error(message), code !== undefined && { code })

test.each([
  ['a connection refused', thrown('connect ECONNREFUSED', 'ECONNREFUSED'), 'unavailable', 5],
  ['a database that stops', thrown('terminating connection', '57P01'), 'unavailable', 5],
  ['a connection cut off in a query', thrown('Connection terminated unexpectedly'), 'unavailable', 5],
  [
    'one that was cut off before',
    thrown('Client has encountered a connection error and is not queryable'),
    'unavailable',
    5,
  ],
  ['none to be had in time', thrown('timeout exceeded when trying to connect'), 'unavailable', 5],
  ['a full disk', thrown('could not extend file: No space left on device', '53100'), 'unavailable', 60],
  ['a statement of ours that is wrong', thrown('syntax error', '42601'), 'internal', undefined],
])('%s', (_, error, code, retryAfter) => {
  expect(faultOf(error)).toMatchObject({ code, retryAfter, cause: error })
})
