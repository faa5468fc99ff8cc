import { createServer as createHttp, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { selfSigned, type TestCertificate } from '../cluster/testing/certificate.ts'
import { quickWorld } from '../cluster/testing/collection.ts'
import { httpProxy } from '../cluster/testing/proxies.ts'
import { scratchFolder } from '../testing/scratch-folder.ts'
import type { AgentOptions } from './agent-options.ts'
import { ServerLink, TokenRefused } from './server-link.ts'

/** A server that knows some tokens, over TLS where it has a certificate. */
async function serverOf(tokens: Set<string>, tls?: TestCertificate) {
  const seen: IncomingMessage['headers'][] = []
  const handle: RequestListener = (request, response) => {
    seen.push(request.headers)
    const isKnown = tokens.has((request.headers.authorization ?? '').replace('Bearer ', ''))
    response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' })
    response.end(JSON.stringify(isKnown ? { ok: true } : { code: 'unauthenticated', detail: 'Who is it?' }))
  }
  const server = tls ? createHttps({ cert: tls.certificate, key: tls.key }, handle) : createHttp(handle)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { port, seen }
}

function linkTo(server: string, more: Partial<AgentOptions> = {}, environment: Record<string, string> = {}) {
  const folder = scratchFolder()
  const tokenFile = folder.write('token', 'first\n')
  const world = quickWorld()
  let now = Date.parse('2026-01-02T03:04:05Z')
  const options = { server, tokenFile, ...more } as AgentOptions
  const link = new ServerLink(options, {
    environment,
    world: { ...world, now: () => new Date(now) },
    collector: { name: 'plimsoll', version: '0' },
    logTo: () => {},
    signal: never,
  })
  onTestFinished(() => link.close())
  const pass = (milliseconds: number) => {
    now += milliseconds
  }
  return { link, folder, pass }
}
const never = new AbortController().signal
const state = { method: 'GET', path: '/ingest' } as const

test('a token that was replaced on disk is taken, at the latest when the old one is refused', async () => {
  const tokens = new Set(['first'])
  const { port } = await serverOf(tokens)
  const { link, folder } = linkTo(`http://127.0.0.1:${port}`)
  expect(await link.call(state, never)).toEqual({ ok: true })
  tokens.clear()
  tokens.add('second')
  folder.write('token', 'second')
  await expect(link.call(state, never)).rejects.toMatchObject({ mayPass: true, status: 401 })
  expect(await link.call(state, never)).toEqual({ ok: true })
})

test('is taken in time, so that the old one need not be refused', async () => {
  const tokens = new Set(['first', 'second'])
  const { port, seen } = await serverOf(tokens)
  const { link, folder, pass } = linkTo(`http://127.0.0.1:${port}`)
  await link.call(state, never)
  folder.write('token', 'second')
  pass(11_000)
  await link.call(state, never)
  expect(seen.map(({ authorization }) => authorization)).toEqual(['Bearer first', 'Bearer second'])
})

test('one that is refused and was not replaced is refused for good, and named nowhere', async () => {
  const { port } = await serverOf(new Set())
  const { link, folder } = linkTo(`http://127.0.0.1:${port}`)
  const refused = await link.call(state, never).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(TokenRefused)
  expect(String(refused)).not.toContain('first')
  folder.write('token', '')
  await expect(link.call(state, never)).rejects.toBeInstanceOf(TokenRefused)
})

test('trusts the authorities of its file, as they are now', async () => {
  const tls = selfSigned({ names: ['127.0.0.1'] })
  const { port } = await serverOf(new Set(['first']), tls)
  const folder = scratchFolder()
  const caFile = folder.write('ca.crt', selfSigned({ names: ['127.0.0.1'] }).certificate)
  const { link, pass } = linkTo(`https://127.0.0.1:${port}`, { caFile })
  await expect(link.call(state, never)).rejects.toMatchObject({ mayPass: true, status: 0 })
  folder.write('ca.crt', tls.certificate)
  pass(11_000)
  expect(await link.call(state, never)).toEqual({ ok: true })
})

test('goes through the proxy of its flags rather than that of the environment', async () => {
  const tls = selfSigned({ names: ['plimsoll.example'] })
  const { port } = await serverOf(new Set(['first']), tls)
  const proxy = await httpProxy(port)
  const caFile = scratchFolder().write('ca.crt', tls.certificate)
  const server = `https://plimsoll.example:${port}`
  const named = linkTo(
    server,
    { caFile, proxy: proxy.url },
    { HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: '*' },
  )
  expect(await named.link.call(state, never)).toEqual({ ok: true })
  const environment = linkTo(server, { caFile }, { HTTPS_PROXY: proxy.url })
  expect(await environment.link.call(state, never)).toEqual({ ok: true })
  expect(proxy.asked).toEqual([`plimsoll.example:${port}`, `plimsoll.example:${port}`])
  const spared = linkTo(server, { caFile, noProxy: 'plimsoll.example' }, { HTTPS_PROXY: proxy.url })
  await expect(spared.link.call(state, never)).rejects.toMatchObject({ status: 0 })
  expect(proxy.asked.length).toBe(2)
})
