// Proxies: an HTTP and a SOCKS5 proxy on loopback that write down what they are asked for.

import { createServer as createHttp } from 'node:http'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export interface FakeProxy {
  readonly url: string
  /** What it was asked to connect to, and with which login. */
  readonly asked: string[]
}

async function listen(server: Server, scheme: string, login: string): Promise<string> {
  const sockets = new Set<Socket>()
  server.on('connection', socket => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `${scheme}://${login}127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Leads every connection to one port of this machine, whatever name was asked for. */
function lead(client: Socket, port: number, ready: () => void): void {
  const server = connect({ host: '127.0.0.1', port }, ready)
  server.on('error', () => client.destroy())
  client.on('close', () => server.destroy())
  client.pipe(server).pipe(client)
}

/** An HTTP proxy; with a status it refuses instead. */
export async function httpProxy(port: number, login = '', status?: string): Promise<FakeProxy> {
  const asked: string[] = []
  const server = createHttp()
  server.on('connect', (request, socket: Socket) => {
    asked.push([request.url, request.headers['proxy-authorization']].filter(Boolean).join(' '))
    if (status !== undefined) socket.end(`HTTP/1.1 ${status}\r\n\r\n`)
    else lead(socket, port, () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'))
  })
  return { url: await listen(server, 'http', login), asked }
}

/** A SOCKS5 proxy; with a reply other than 0 it refuses instead. */
export async function socksProxy(port: number, login = '', reply = 0): Promise<FakeProxy> {
  const asked: string[] = []
  const server = createServer(socket => {
    let step = login === '' ? 'greet' : 'greet-login'
    socket.on('data', (data: Buffer) => {
      if (step.startsWith('greet')) {
        socket.write(Buffer.from([5, step === 'greet' ? 0 : 2]))
        step = step === 'greet' ? 'connect' : 'login'
      } else if (step === 'login') {
        const user = data.subarray(2, 2 + (data[1] as number)).toString()
        asked.push(`login ${user}:${data.subarray(3 + (data[1] as number)).toString()}`)
        socket.write(Buffer.from([1, 0]))
        step = 'connect'
      } else {
        const name =
          data[3] === 3
            ? data.subarray(5, 5 + (data[4] as number)).toString()
            : data.subarray(4, -2).toString('hex')
        asked.push(`${name}:${data.readUInt16BE(data.length - 2)}`)
        const answer = Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0])
        if (reply !== 0) {
          socket.end(answer)
          return
        }
        socket.removeAllListeners('data')
        lead(socket, port, () => socket.write(answer))
      }
    })
  })
  return { url: await listen(server, 'socks5', login), asked }
}
