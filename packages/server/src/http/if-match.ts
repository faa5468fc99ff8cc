// If-Match: the version of a thing that a change was made from, as the client names it.

import { Fault } from '../services/fault.ts'

/** The number in `If-Match: "3"`; undefined where the client names none, or any. Throws `invalid-request` for another form. */
export function versionOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): number | undefined {
  const value = headers['if-match']
  if (value === undefined || value === '*') return undefined
  const number = /^"(\d{1,9})"$/.exec(String(value))?.[1]
  if (number === undefined)
    throw new Fault('invalid-request', 'If-Match takes the version of the thing in quotes, such as "3"')
  return Number(number)
}
