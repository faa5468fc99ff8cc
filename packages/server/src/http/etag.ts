// ETag: versions of answers, so that what has not changed is not sent again, and what has is not overwritten.

import { createHash } from 'node:crypto'

type Headers = Readonly<Record<string, string | string[] | undefined>>

/** The tag of a thing that counts its changes. */
export const versionTag = (version: number | string): string => `"${version}"`

/** The tag of an answer by its content: weak, since its compressed form would have the same. */
export const contentTag = (body: string | Buffer): string =>
  `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`

/** True where the client has this version already (`If-None-Match`): 304 says so. */
export function isKnown(headers: Headers, tag: string): boolean {
  const known = listOf(headers['if-none-match'])
  return known.includes('*') || known.some(one => bare(one) === bare(tag))
}

const bare = (tag: string) => tag.replace(/^W\//, '')

const listOf = (value: string | string[] | undefined): readonly string[] =>
  value === undefined
    ? []
    : [value]
        .flat()
        .flatMap(one => one.split(','))
        .map(one => one.trim())
        .filter(one => one !== '')
