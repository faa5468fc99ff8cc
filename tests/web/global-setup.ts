// Global setup: one server for all tests of the web interface: the built program with its own database and the sample fleet, or a running one.

import { existsSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { signIn } from './session.ts'
import { startServer, type WebServer } from './start-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    web: WebServer | null
  }
}

/** `PLIMSOLL_URL`, with `PLIMSOLL_LOGIN` and `PLIMSOLL_PASSWORD`, names a running server. Null is provided where there is no Chromium. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { PLIMSOLL_URL: url, PLIMSOLL_LOGIN: login = 'admin', PLIMSOLL_PASSWORD: password = '' } = process.env
  if (!existsSync('/usr/bin/chromium')) {
    project.provide('web', null)
    return undefined
  }
  if (url) {
    const { cookie } = await signIn(url, login, password)
    project.provide('web', { url, login, password, cookie })
    return undefined
  }
  const started = await startServer({ shows: 'sample' })
  const { stop, admin: _, ...facts } = started
  project.provide('web', facts)
  return stop
}
