// The whole product as a process: started on a fresh folder, signed in to, stopped in order, killed and started again.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { binary, plimsoll, useBuiltProgram, useScratchFolder } from './plimsoll.ts'

useBuiltProgram()
const scratch = useScratchFolder()

interface Up {
  readonly process: ChildProcess
  readonly url: string
  readonly password: string | undefined
}

/** Starts it on a port that the system gives, and reads what it says to a person. */
async function up(data: string): Promise<Up> {
  const child = spawn(binary, ['up', '--sample', '--data', data, '--listen', '127.0.0.1:0'], {
    env: { PATH: process.env.PATH, HOME: '/nonexistent' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let url = ''
  let password: string | undefined
  for await (const line of createInterface({ input: child.stderr as NodeJS.ReadableStream })) {
    url = /runs at (http:\S+)$/.exec(line)?.[1] ?? url
    password = /one-time password (\S+)$/.exec(line)?.[1] ?? password
    if (line.includes('Ctrl-C stops it')) break
  }
  child.stderr?.resume()
  return { process: child, url, password }
}

async function end({ process: child }: Up, signal: NodeJS.Signals): Promise<number | null> {
  child.kill(signal)
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}

test('it starts, signs the first person in, stops in order, and goes on after a kill', async () => {
  const data = scratch('data')
  mkdirSync(data)
  chmodSync(dirname(data), 0o755)
  const first = await up(data)
  expect(first.password).toMatch(/\S{20}/)
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
  const signedIn = await fetch(`${first.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'admin', password: first.password }),
  })
  expect([signedIn.status, await signedIn.json()]).toEqual([200, { mustChangePassword: true }])

  const beside = await plimsoll(['up', '--sample', '--data', data, '--listen', '127.0.0.1:0'])
  expect([beside.code, beside.stderr]).toEqual([
    2,
    expect.stringContaining('the data folder is in use by process'),
  ])
  const saved = await plimsoll(['db', 'backup', scratch('one.backup'), '--data', data])
  expect(saved.code).toBe(0)

  expect(await end(first, 'SIGKILL')).toBe(null)
  const second = await up(data)
  expect(second.password).toBeUndefined()
  expect(await end(second, 'SIGINT')).toBe(0)
  expect(existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(false)

  const restored = await plimsoll(['db', 'restore', scratch('one.backup'), '--data', scratch('other')])
  expect(restored.stdout).toMatch(/^restored [\d,]+ rows of \d+ tables/)
  const verified = await plimsoll(['db', 'verify', '--data', scratch('other')])
  expect([verified.code, verified.stdout]).toEqual([0, expect.stringContaining('audit log: whole')])
})
