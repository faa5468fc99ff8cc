// Start server: the built program as a process with a database of its own, for tests that look at it through a browser.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { ownPassword, type Session, signInAtFirst } from './session.ts'

export interface WebServer {
  readonly url: string
  readonly login: string
  readonly password: string
  /** Of the admin's session, as a Cookie header holds it. */
  readonly cookie: string
}

export interface StartedServer extends WebServer {
  readonly admin: Session
  readonly stop: () => Promise<void>
}

interface Start {
  /** `up` with the sample fleet, whole before this ends; or `serve`, with nothing. */
  readonly shows: 'sample' | 'nothing'
  readonly listen?: string
  readonly environment?: Readonly<Record<string, string>>
}

const root = resolve(import.meta.dirname, '../..')

export async function startServer({
  shows,
  listen = '127.0.0.1:0',
  environment = {},
}: Start): Promise<StartedServer> {
  if (!existsSync(join(root, 'packages/cli/dist/web/index.html')))
    execFileSync(join(root, 'node_modules/.bin/tsx'), ['scripts/build.ts'], { cwd: root, stdio: 'ignore' })
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-web-'))
  // PostgreSQL may run as another user than root.
  chmodSync(folder, 0o755)
  const verb = shows === 'sample' ? ['up', '--sample'] : ['serve']
  const child = spawn(
    join(root, 'bin/plimsoll'),
    [...verb, '--data', join(folder, 'data'), '--listen', listen],
    {
      env: { PATH: process.env.PATH, HOME: '/nonexistent', ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGINT')
      await once(child, 'exit')
    }
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const { url, password } = await told(child)
    const admin = await signInAtFirst(url, 'admin', password)
    if (shows === 'sample') await isShown(admin)
    return { url, login: 'admin', password: ownPassword, cookie: admin.cookie, admin, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Reads what it says of itself, until it has said where it is and how one signs in. */
async function told(child: ChildProcess): Promise<{ readonly url: string; readonly password: string }> {
  const said: string[] = []
  let url = ''
  let password = ''
  for await (const line of createInterface({ input: child.stderr as NodeJS.ReadableStream })) {
    said.push(line)
    url = /runs at (http:\S+)$/.exec(line)?.[1] ?? /"url":"(http:[^"]+)"/.exec(line)?.[1] ?? url
    password = /one-time password (\S+)$/.exec(line)?.[1] ?? password
    if (url !== '' && password !== '') {
      child.stderr?.resume()
      return { url, password }
    }
  }
  throw new Error(`the server did not start:\n${said.join('\n')}`)
}

/** Until the whole sample fleet is there, and judged. */
async function isShown({ api }: Session): Promise<void> {
  while ((await api.getSample()).state !== 'shown') await sleep(100)
  while ((await api.listClusters({ limit: 200 })).items.some(({ assessedAt }) => assessedAt === null))
    await sleep(100)
}
