import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type ProgramCall, runProgram } from './program.ts'
import { scratchFolder } from './testing/scratch-folder.ts'

const run = (script: string, more: Partial<ProgramCall> = {}) =>
  runProgram({
    command: process.execPath,
    args: ['-e', script],
    environment: {},
    timeLimit: 20_000,
    outputLimit: 1024,
    ...more,
  })

test('gives what the program printed', async () => {
  expect(await run('process.stdout.write("hä")')).toEqual({ ok: true, stdout: 'hä' })
})

test('gives the program only the environment it was given, and no input', async () => {
  const script =
    'process.stdin.on("data", () => {}).on("end", () => console.log(JSON.stringify(process.env)))'
  const outcome = await run(script, { environment: { ONLY: 'this' } })
  expect(outcome.ok && JSON.parse(outcome.stdout)).toEqual({ ONLY: 'this' })
})

test('says why it failed', async () => {
  expect(await run('console.error("no such chart"); process.exit(3)')).toEqual({
    ok: false,
    problem: 'failed: no such chart',
    stderr: 'no such chart\n',
  })
  expect(await run('process.exit(3)')).toMatchObject({ problem: 'failed with exit code 3' })
  expect(await run('process.kill(process.pid, "SIGTERM")')).toMatchObject({ problem: 'was ended by SIGTERM' })
  expect(await run('', { command: '/gone/helm' })).toMatchObject({
    problem: expect.stringContaining('could not be run'),
  })
  expect(await run('', { args: ['\0'] })).toMatchObject({
    problem: expect.stringContaining('could not be run'),
  })
})

test('kills a program that prints too much', async () => {
  expect(await run('for (;;) process.stdout.write("x".repeat(4096))')).toMatchObject({
    problem: 'printed more than 0.0009765625 MiB',
  })
})

test('kills a program that takes too long, and what it started', { timeout: 30_000 }, async () => {
  const { path } = scratchFolder()
  const alive = join(path, 'alive')
  const child = `setTimeout(() => require("fs").writeFileSync(${JSON.stringify(alive)}, ""), 600)`
  const script = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" }); setInterval(() => {}, 1000)`
  const outcome = await run(script, { timeLimit: 300, environment: { PATH: process.env.PATH } })
  expect(outcome).toMatchObject({ ok: false, problem: 'did not end within 0.3 s' })
  await setTimeout(900)
  expect(existsSync(alive)).toBe(false)
})

test('stops with the scan', async () => {
  const stop = new AbortController()
  const outcome = run('setInterval(() => {}, 1000)', { signal: stop.signal })
  stop.abort()
  expect(await outcome).toMatchObject({ ok: false, problem: 'was stopped with the scan' })
  expect(await run('', { signal: stop.signal })).toMatchObject({ ok: false })
})
