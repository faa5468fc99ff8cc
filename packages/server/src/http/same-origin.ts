// Same origin: tells whether a change was asked for by one of our own pages, so that other sites cannot use a person's session.

import type { IncomingHttpHeaders } from 'node:http'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * True where a browser on another site may be behind the request: a change that carries no token of its own and comes from elsewhere,
 * or carries a session's cookie and does not say where it comes from. Browsers add the cookie by themselves, but never `authorization`.
 */
export function isForged(
  method: string,
  headers: IncomingHttpHeaders,
  publicOrigin: string | undefined,
): boolean {
  if (safe.has(method) || headers.authorization !== undefined) return false
  const site = headers['sec-fetch-site']
  // Told by the browser itself, and no script can change it.
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  const { origin } = headers
  if (origin === undefined) return headers.cookie !== undefined
  if (origin === publicOrigin) return false
  return headers.host === undefined || hostOf(origin) !== headers.host
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
