// Global setup of the database tests: one PostgreSQL for the whole run, stopped and removed at its end.

import { startTestServer } from './test-server.ts'

/** Run by vitest before the first test; gives what is run after the last. Workers find the server by the environment. */
export default async function setup(): Promise<() => Promise<void>> {
  const { url, close } = await startTestServer()
  process.env.PLIMSOLL_TEST_DATABASE = url
  return close
}
