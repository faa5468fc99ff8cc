// Global setup: one server for all tests of the web interface: the built program with its own database and the sample fleet, or a running one.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    web: WebServer | null
  }
}

export interface WebServer {
  readonly url: string
  readonly login: string
  readonly password: string
}

const root = resolve(import.meta.dirname, '../..')
const ownPassword = 'over-the-line-and-far-away'

/** `PLIMSOLL_URL`, with `PLIMSOLL_LOGIN` and `PLIMSOLL_PASSWORD`, names a running server. Null is provided where there is no Chromium. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { PLIMSOLL_URL: url, PLIMSOLL_LOGIN: login = 'admin', PLIMSOLL_PASSWORD: password = '' } = process.env
  if (!existsSync('/usr/bin/chromium')) {
    project.provide('web', null)
    return undefined
  }
  if (url) {
    project.provide('web', { url, login, password })
    return undefined
  }
  if (!existsSync(join(root, 'packages/cli/dist/web/index.html')))
    execFileSync(join(root, 'node_modules/.bin/tsx'), ['scripts/build.ts'], { cwd: root, stdio: 'ignore' })
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-web-'))
  // PostgreSQL may run as another user than root.
  chmodSync(folder, 0o755)
  const started = await start(join(folder, 'data'))
  await changePassword(started.url, started.password)
  project.provide('web', { url: started.url, login: 'admin', password: ownPassword })
  return async () => {
    started.process.kill('SIGINT')
    await once(started.process, 'exit')
    rmSync(folder, { recursive: true, force: true })
  }
}

async function start(data: string): Promise<{ process: ChildProcess; url: string; password: string }> {
  const child = spawn(
    join(root, 'bin/plimsoll'),
    ['up', '--sample', '--data', data, '--listen', '127.0.0.1:0'],
    {
      env: { PATH: process.env.PATH, HOME: '/nonexistent' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const said: string[] = []
  let url = ''
  let password = ''
  for await (const line of createInterface({ input: child.stderr as NodeJS.ReadableStream })) {
    said.push(line)
    url = /runs at (http:\S+)$/.exec(line)?.[1] ?? url
    password = /one-time password (\S+)$/.exec(line)?.[1] ?? password
    if (line.includes('Ctrl-C stops it')) break
  }
  child.stderr?.resume()
  if (url === '') throw new Error(`the server did not start:\n${said.join('\n')}`)
  return { process: child, url, password }
}

async function changePassword(url: string, old: string): Promise<void> {
  const post = (path: string, body: object, cookie = '') =>
    fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url, cookie },
      body: JSON.stringify(body),
    })
  const signedIn = await post('/session', { login: 'admin', password: old })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const changed = await post('/session/password', { old, new: ownPassword }, cookie)
  if (changed.status !== 204) throw new Error(`the password was not changed: ${await changed.text()}`)
}
