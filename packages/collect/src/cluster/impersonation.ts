// Impersonation: the headers by which a user acts as another, as the fields `as…` of a kubeconfig's user say.

import { isRecord } from '@plimsoll/core'
import { text } from './fields.ts'

export type Headers = Readonly<Record<string, string | string[]>>

/** Headers for `as`, `as-uid`, `as-groups` and `as-user-extra`; a list is sent as one header line for each of its values. */
export function impersonationHeaders(user: Readonly<Record<string, unknown>>): Headers {
  const headers: Record<string, string | string[]> = {}
  const as = text(user.as)
  const uid = text(user['as-uid'])
  const groups = texts(user['as-groups'])
  if (as !== undefined) headers['Impersonate-User'] = as
  if (uid !== undefined) headers['Impersonate-Uid'] = uid
  if (groups.length > 0) headers['Impersonate-Group'] = groups
  const extra = user['as-user-extra']
  if (isRecord(extra))
    for (const [key, values] of Object.entries(extra))
      headers[`Impersonate-Extra-${encodeURIComponent(key)}`] = texts(values)
  return headers
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
