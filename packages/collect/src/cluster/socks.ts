// SOCKS: asks a SOCKS5 proxy to connect to a host. Source: RFC 1928 and RFC 1929.

import { isIPv4, isIPv6, type Socket } from 'node:net'
import { ByteReader, ProxyError } from './proxy-socket.ts'

const replies: Readonly<Record<number, string>> = {
  1: 'general failure',
  2: 'not allowed by its rules',
  3: 'network unreachable',
  4: 'host unreachable',
  5: 'connection refused',
  6: 'time to live expired',
}

/** Speaks the protocol up to the point where the socket leads to host and port. The proxy looks up the host's name. */
export async function socksHandshake(socket: Socket, proxy: URL, host: string, port: number): Promise<void> {
  const reader = new ByteReader(socket)
  const hasLogin = proxy.username !== ''
  socket.write(Buffer.from(hasLogin ? [5, 2, 0, 2] : [5, 1, 0]))
  const [version, method] = await reader.take(2)
  if (version !== 5) throw new ProxyError(`the proxy ${proxy.host} does not speak SOCKS5`)
  if (method === 2 && hasLogin) await logIn(socket, reader, proxy)
  else if (method !== 0) throw new ProxyError(`the proxy ${proxy.host} wants another way of logging in`)

  socket.write(
    Buffer.concat([Buffer.from([5, 1, 0]), addressBytes(host), Buffer.from([port >> 8, port & 255])]),
  )
  const [, reply = 1, , form] = await reader.take(4)
  if (reply !== 0)
    throw new ProxyError(
      `the proxy ${proxy.host} does not connect to ${host}:${port}: ${replies[reply] ?? `reply ${reply}`}`,
    )
  // The address that the proxy bound, which nobody needs, stands before the server's bytes.
  const length = form === 1 ? 4 : form === 4 ? 16 : ((await reader.take(1))[0] as number)
  await reader.take(length + 2)
  reader.giveBack()
}

async function logIn(socket: Socket, reader: ByteReader, proxy: URL): Promise<void> {
  const parts = [proxy.username, proxy.password].map(part => Buffer.from(decodeURIComponent(part)))
  if (parts.some(part => part.length > 255))
    throw new ProxyError(`the user name or password for the proxy ${proxy.host} is too long`)
  socket.write(
    Buffer.concat([Buffer.from([1]), ...parts.flatMap(part => [Buffer.from([part.length]), part])]),
  )
  const [, status] = await reader.take(2)
  if (status !== 0) throw new ProxyError(`the proxy ${proxy.host} refuses the user name and password`)
}

function addressBytes(host: string): Buffer {
  if (isIPv4(host)) return Buffer.from([1, ...host.split('.').map(Number)])
  if (isIPv6(host)) return Buffer.concat([Buffer.from([4]), ipv6Bytes(host)])
  const name = Buffer.from(host)
  return Buffer.concat([Buffer.from([3, name.length]), name])
}

function ipv6Bytes(host: string): Buffer {
  // URL writes an IPv6 address in its one shortest form of hexadecimal groups.
  const [head = '', tail] = new URL(`http://[${host}]`).hostname.slice(1, -1).split('::')
  const groups = (text: string | undefined) =>
    text ? text.split(':').map(group => Number.parseInt(group, 16)) : []
  const before = groups(head)
  const after = groups(tail)
  const all = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
  return Buffer.from(all.flatMap(group => [group >> 8, group & 255]))
}
