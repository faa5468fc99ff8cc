// Versioned: an answer that carries the version of what it gives, from which a change can be made (If-Match).

import { versionTag } from './etag.ts'
import { Answer } from './route.ts'

export const versioned = (value: { readonly version: number }): Answer =>
  new Answer(
    200,
    { etag: versionTag(value.version), 'content-type': 'application/json; charset=utf-8' },
    JSON.stringify(value),
  )
