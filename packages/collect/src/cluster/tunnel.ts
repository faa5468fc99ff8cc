// Tunnel: opens a connection to a server through an HTTP or SOCKS proxy.

import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { ByteReader, ProxyError } from './proxy-socket.ts'
import { socksHandshake } from './socks.ts'

const proxyTimeLimit = 15_000

/** A socket through `proxy` to host and port, on which the caller then speaks with the server. Rejects with the reason. */
export async function openTunnel(proxy: URL, host: string, port: number): Promise<Socket> {
  const socket = await connectTo(proxy)
  try {
    await withinTime(
      socket,
      proxy.protocol.startsWith('socks')
        ? socksHandshake(socket, proxy, host, port)
        : httpHandshake(socket, proxy, host, port),
    )
  } catch (error) {
    socket.destroy()
    throw error instanceof ProxyError ? error : new ProxyError((error as Error).message, { cause: error })
  }
  return socket
}

/** The kinds of proxies that we know, and their usual ports. */
export const proxyPorts: Readonly<Record<string, number>> = {
  'http:': 80,
  'https:': 443,
  'socks5:': 1080,
  'socks5h:': 1080,
}

async function connectTo(proxy: URL): Promise<Socket> {
  const host = proxy.hostname.replace(/^\[|\]$/g, '')
  const port = Number(proxy.port) || (proxyPorts[proxy.protocol] ?? 0)
  return await new Promise((resolve, reject) => {
    const isTls = proxy.protocol === 'https:'
    const socket = isTls ? connectTls({ host, port, servername: host }) : connectPlain({ host, port })
    socket.setTimeout(proxyTimeLimit, () => socket.destroy(new Error('it does not answer')))
    const refuse = (error: Error) =>
      reject(new ProxyError(`the proxy ${proxy.host}: ${error.message}`, { cause: error }))
    socket.once('error', refuse)
    socket.once(isTls ? 'secureConnect' : 'connect', () => {
      socket.setTimeout(0)
      socket.off('error', refuse)
      resolve(socket)
    })
  })
}

async function withinTime(socket: Socket, work: Promise<void>): Promise<void> {
  const timer = setTimeout(() => socket.destroy(new Error('the proxy does not answer')), proxyTimeLimit)
  try {
    await work
  } finally {
    clearTimeout(timer)
  }
}

async function httpHandshake(socket: Socket, proxy: URL, host: string, port: number): Promise<void> {
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`
  const login =
    proxy.username === ''
      ? ''
      : `Proxy-Authorization: Basic ${Buffer.from(
          `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`,
        ).toString('base64')}\r\n`
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${login}\r\n`)
  const reader = new ByteReader(socket)
  const head = (await reader.takeUntil('\r\n\r\n')).toString('latin1')
  reader.giveBack()
  const status = /^HTTP\/1\.[01] (\d{3})([^\r\n]*)/.exec(head)
  if (status?.[1] !== '200')
    throw new ProxyError(
      `the proxy ${proxy.host} does not connect to ${authority}: ${status ? `${status[1]}${status[2]}` : 'no HTTP answer'}`,
    )
}
