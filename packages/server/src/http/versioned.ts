// Versioned: an answer that carries the version of what it gives, from which a change can be made (If-Match). It is not to be stored: beside what
// is changed it tells what is counted, which has no part in the version, so that a browser would be told that nothing changed.

import { versionTag } from './etag.ts'
import { Answer } from './route.ts'

export const versioned = (value: { readonly version: number }): Answer =>
  new Answer(
    200,
    {
      etag: versionTag(value.version),
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
    },
    JSON.stringify(value),
  )
