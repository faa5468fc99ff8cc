// Own server: a server for the tests of one file alone, where they change what other files look at.

import { afterAll, beforeAll } from 'vitest'
import { hasBrowser } from './browser.ts'
import { type StartedServer, startServer } from './start-server.ts'

/** Started before the tests of the file, where there is a Chromium to look at it; gone after them. To be called before `useBrowser`. */
export function useOwnServer(start: () => Promise<Parameters<typeof startServer>[0]>): () => StartedServer {
  let started: StartedServer | undefined
  beforeAll(async () => {
    if (hasBrowser) started = await startServer(await start())
  })
  afterAll(async () => started?.stop())
  return () => {
    if (!started) throw new Error('the server is not started')
    return started
  }
}
