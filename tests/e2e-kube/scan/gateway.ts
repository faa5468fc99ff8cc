/** Stands between a scan and a real API server: sees each request as it comes over the wire, and acts at the one a test waits for. */

import type { IncomingHttpHeaders } from 'node:http'
import { createServer, request as httpsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { selfSigned } from '../../../packages/collect/src/cluster/testing/certificate.ts'

export interface Passed {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** Of the answer; 0 where the server gave none. */
  status: number
  /** The answer as text, unpacked; and the bytes of it that came over the wire. */
  body: string
  bytes: number
}

/** What to do with a request before the server gets it: `cut` ends its connection instead, as a server does that goes down. */
export type AtRequest = (
  request: Pick<Passed, 'method' | 'path'>,
) => Promise<'cut' | undefined> | 'cut' | undefined

export interface Gateway {
  readonly url: string
  /** PEM text of the certificate to trust. */
  readonly certificate: string
  /** In the order in which they came. */
  readonly passed: readonly Passed[]
  close: () => Promise<void>
}

/** A gateway to the server at `url`, which the PEM text `ca` proves. */
export async function openGateway(
  url: string,
  ca: string,
  atRequest: AtRequest = () => undefined,
): Promise<Gateway> {
  const { certificate, key } = selfSigned({ names: ['127.0.0.1'] })
  const { hostname, port } = new URL(url)
  const passed: Passed[] = []

  const server = createServer({ cert: certificate, key }, (incoming, outgoing) => {
    const { method = '', url: path = '', headers } = incoming
    const entry: Passed = { method, path, headers, status: 0, body: '', bytes: 0 }
    passed.push(entry)
    const forward = (): void => {
      const sent = httpsRequest({ hostname, port, ca, method, path, headers, agent: false }, answer => {
        entry.status = answer.statusCode ?? 0
        outgoing.writeHead(entry.status, answer.headers)
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          outgoing.write(chunk)
        })
        answer.on('error', () => incoming.socket.destroy())
        answer.on('end', () => {
          const bytes = Buffer.concat(chunks)
          entry.bytes = bytes.length
          entry.body = (answer.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString(
            'utf8',
          )
          outgoing.end()
        })
      })
      sent.on('error', () => incoming.socket.destroy())
      incoming.pipe(sent)
    }
    void Promise.resolve(atRequest({ method, path })).then(deed =>
      deed === 'cut' ? incoming.socket.destroy() : forward(),
    )
  })
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    certificate,
    passed,
    close: async () => {
      server.closeAllConnections()
      await new Promise(resolve => {
        server.close(resolve)
      })
    },
  }
}
