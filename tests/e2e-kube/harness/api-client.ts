/** Sends raw requests to an API server over kept-alive connections, and gives the answer as it came. */

import type { IncomingHttpHeaders } from 'node:http'
import { Agent, request as httpsRequest } from 'node:https'

export interface ApiRequest {
  /** Whose token to send; the default is `admin`, and `null` sends none. */
  user?: string | null
  /** A string goes out as it is, anything else as JSON. */
  body?: unknown
  /** Default `application/json`. */
  contentType?: string
  headers?: Record<string, string>
}

export interface ApiAnswer {
  status: number
  headers: IncomingHttpHeaders
  text: string
  /** The body parsed as JSON; throws a SyntaxError if it is none. */
  json: () => unknown
}

export interface ApiClient {
  request: (method: string, path: string, options?: ApiRequest) => Promise<ApiAnswer>
  /** As `request`, but throws an Error with the server's message unless the status is 2xx; returns the parsed body. */
  call: (method: string, path: string, options?: ApiRequest) => Promise<unknown>
  close: () => void
}

/** A client for the server at `url`, trusting the PEM certificate `ca`, on at most `connections` connections. */
export function apiClient(
  url: string,
  ca: string,
  tokenOf: (user: string) => string,
  connections = 16,
): ApiClient {
  const { hostname, port } = new URL(url)
  const agent = new Agent({ keepAlive: true, maxSockets: connections, ca })

  const request: ApiClient['request'] = async (method, path, options = {}) => {
    const { user = 'admin', body, contentType = 'application/json' } = options
    const headers: Record<string, string> = { accept: 'application/json', ...options.headers }
    if (user !== null) headers.authorization = `Bearer ${tokenOf(user)}`
    const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
    if (payload !== undefined) {
      headers['content-type'] = contentType
      headers['content-length'] = String(Buffer.byteLength(payload))
    }
    return await new Promise((resolve, reject) => {
      const sent = httpsRequest({ agent, hostname, port, method, path, headers }, response => {
        const chunks: Buffer[] = []
        response.on('data', chunk => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8')
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            json: () => JSON.parse(text),
          })
        })
      })
      sent.on('error', reject)
      sent.end(payload)
    })
  }

  return {
    request,
    call: async (method, path, options) => {
      const answer = await request(method, path, options)
      if (answer.status >= 200 && answer.status < 300) return answer.json()
      throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
    },
    close: () => agent.destroy(),
  }
}
