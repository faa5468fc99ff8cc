// Plain address: an address on which a server listens for others without TLS.

import { isLocalHost } from './loopback.ts'

/** True for an `http` URL that other machines may reach. */
export function isOpenPlain(url: string): boolean {
  const found = /^http:\/\/(\[[^\]]*\]|[^:/]*)/i.exec(url.trim())
  return found !== null && !isLocalHost(found[1] as string)
}
