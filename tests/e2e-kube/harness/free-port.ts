/** Finds a loopback port that nobody listens on at this moment. */

import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'

/** A port free on 127.0.0.1. Another process may take it before its user does, so starting has to be tried again. */
export async function freePort(): Promise<number> {
  const server = createServer()
  return await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
