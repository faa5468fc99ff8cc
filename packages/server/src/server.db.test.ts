// Server: starts on a database, serves, tells that it is ready, survives a lost database, and stops leaving nothing.

import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Config, readConfig } from './config.ts'
import { sleep } from './database/postgres-process.ts'
import { backupDatabase, migrateDatabase, verifyDatabase } from './database-deeds.ts'
import { openApiBreaches } from './http/testing/openapi-breaches.ts'
import { startServer } from './server.ts'
import { type FreshDatabase, freshDatabase } from './testing/database.ts'

let fresh: FreshDatabase
let folder: string
beforeEach(async () => {
  fresh = await freshDatabase({ empty: true })
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-server-'))
})
afterEach(async () => {
  await fresh.close()
  rmSync(folder, { recursive: true })
})

const lines: string[] = []
const options = { version: '1.2.3', logTo: { write: (line: string) => void lines.push(line) } }

function configFor(environment: Record<string, string> = {}): Config {
  const outcome = readConfig({
    environment: { DATABASE_URL: fresh.url, PLIMSOLL_LISTEN: '127.0.0.1:0', ...environment },
    flags: {},
    workingDirectory: folder,
  })
  if (!outcome.ok) throw new Error(outcome.problems.join('; '))
  return outcome.config
}

test('it migrates, makes the first account once, and its whole description follows the rules of OpenAPI', async () => {
  const first = await startServer(configFor(), options)
  expect(first.firstPassword).toMatch(/\S{20}/)
  const ready = await fetch(`${first.url}/readyz`)
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { status: 'ready', checks: { database: 'ok', schema: 'ok' } },
  ])
  const described = (await (await fetch(`${first.url}/api/v1/openapi.json`)).json()) as Record<
    string,
    unknown
  >
  expect(openApiBreaches(described)).toEqual([])
  expect((await fetch(`${first.url}/api/v1/people`)).status).toBe(401)
  const metrics = await (await fetch(`${first.url}/metrics`)).text()
  expect(metrics).toMatch(/^plimsoll_database_connections\{state="busy"\} \d+$/m)
  expect(metrics).toMatch(/^# TYPE plimsoll_jobs gauge$/m)
  const signedIn = await fetch(`${first.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: first.url },
    body: JSON.stringify({ login: 'admin', password: first.firstPassword }),
  })
  // The origin is that of the port that was asked for, so a port that was given by the system is no origin of ours.
  expect(signedIn.status).toBe(200)
  // Two on one database share it.
  const second = await startServer(configFor(), options)
  expect(second.firstPassword).toBeUndefined()
  await Promise.all([first.stop(), second.stop()])
  await expect(fetch(`${first.url}/healthz`)).rejects.toThrow()
  expect(lines.join('')).not.toContain(first.firstPassword as string)
  const { rows } = await fresh.pool.query(
    'select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  expect(rows).toEqual([])
})

test('a port in use is told of, and nothing is left running', async () => {
  const taken: Server = createServer()
  await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as { port: number }
  await expect(
    startServer(configFor({ PLIMSOLL_LISTEN: `127.0.0.1:${port}` }), options),
  ).rejects.toMatchObject({
    reason: 'port-in-use',
  })
  taken.close()
})

test('a database that cannot be signed in to is told of at once', async () => {
  const url = new URL(fresh.url)
  url.pathname = '/none'
  await expect(startServer(configFor({ DATABASE_URL: url.href }), options)).rejects.toMatchObject({
    reason: 'unreachable',
  })
})

test('it goes on when its connections are cut', async () => {
  const server = await startServer(configFor(), options)
  await fresh.pool.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  for (;;) {
    if ((await fetch(`${server.url}/readyz`)).status === 200) break
    await sleep(50)
  }
  await server.stop()
})

test('deeds on the database work beside a running server and without one', async () => {
  const config = configFor({ DATABASE_URL: '', PLIMSOLL_DATA: join(folder, 'data') })
  chmodSync(folder, 0o755)
  await expect(verifyDatabase(config)).rejects.toMatchObject({ reason: 'not-migrated' })
  expect((await migrateDatabase(config)).length).toBeGreaterThan(0)
  const server = await startServer(config, options)
  const verified = await verifyDatabase(config)
  expect(verified.audit).toMatchObject({ isWhole: true, entries: 1 })
  const summary = await backupDatabase(config, join(folder, 'one.backup'), 'test', new Date(0))
  expect(summary.rows).toBeGreaterThan(0)
  await server.stop()
  expect(await verifyDatabase(config)).toEqual(verified)
})
