// Listener: answers the kubelet and Prometheus: whether the agent lives, whether it is ready, and its metrics. Nothing else listens.

import { createServer, type Server } from 'node:http'
import { type Attempt, refuse, succeed } from '@plimsoll/core'

export interface Answers {
  /** Undefined: it is ready; else what it waits for. */
  readonly notReady: () => string | undefined
  readonly metrics: () => string
}

export interface Listener {
  /** The port that it was given. */
  readonly port: number
  readonly close: () => Promise<void>
}

/** Listens on `host:port`; an empty host is all addresses. Refuses with `usage` what is no address or cannot be listened on. */
export async function listen(address: string, answers: Answers): Promise<Attempt<Listener>> {
  const [, host, port] = /^(?:\[?([^\]]*)\]?:)?(\d{1,5})$/.exec(address) ?? []
  if (port === undefined || Number(port) > 65_535)
    return refuse({
      code: 'usage',
      message: `${address} is no address to listen on: <host>:<port> is expected`,
    })
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?', 1)[0]
    const say = (status: number, text: string, type = 'text/plain; charset=utf-8') =>
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text)
    if (request.method !== 'GET' && request.method !== 'HEAD') say(405, 'only GET\n')
    else if (path === '/healthz') say(200, 'ok\n')
    else if (path === '/readyz') {
      const reason = answers.notReady()
      say(reason === undefined ? 200 : 503, `${reason ?? 'ok'}\n`)
    } else if (path === '/metrics') say(200, answers.metrics(), 'text/plain; version=0.0.4; charset=utf-8')
    else say(404, 'there is nothing here\n')
  })
  server.requestTimeout = 10_000
  server.headersTimeout = 5_000
  const failure = await new Promise<Error | undefined>(resolve => {
    server.once('error', resolve)
    server.listen(Number(port), host || undefined, () => resolve(undefined))
  })
  if (failure)
    return refuse({ code: 'usage', message: `${address} cannot be listened on: ${failure.message}` })
  return succeed({ port: portOf(server), close: () => close(server) })
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
}
