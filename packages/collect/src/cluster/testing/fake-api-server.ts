// Fake API server: speaks the wire format of a real one on loopback, counts what it is asked, and fails on demand.

import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { builtInKinds, type KindEntry } from '@plimsoll/core'
import type { TestCertificate } from './certificate.ts'

/** One request as the server saw it. */
interface Seen {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly accept: string
  readonly authorization: string | undefined
  readonly headers: IncomingMessage['headers']
}

/** What goes wrong with a request; undefined for nothing. `attempt` counts requests of the same path and query from 1. */
export type Fault = (seen: Seen, attempt: number) => Mishap | undefined
interface StatusMishap {
  readonly status: number
  readonly reason?: string
  readonly message?: string
  readonly continue?: string
  readonly headers?: Record<string, string>
}

type Mishap =
  | StatusMishap
  /** Another answer than JSON. */
  | { readonly contentType: string; readonly body: string; readonly status?: number }
  /** The connection is closed before the answer, or in its middle; it is left open without an answer, or half-way in it. */
  | 'drop'
  | 'cut'
  | 'hang'
  | 'stall'

export interface FakeServerOptions {
  /** Objects by plural name, such as `pods`. */
  readonly objects?: Readonly<Record<string, readonly object[]>>
  readonly gitVersion?: string
  readonly aggregatedDiscovery?: boolean
  /** Kinds served; all built-in ones if not given. */
  readonly served?: (entry: KindEntry, version: string) => boolean
  readonly extraGroups?: readonly string[]
  readonly fault?: Fault
  readonly tls?: TestCertificate
  readonly tokens?: readonly string[]
  readonly kubeSystemUid?: string
  /** Permissions denied to SelfSubjectAccessReview, by resource. */
  readonly denied?: readonly string[]
}

export interface FakeServer {
  readonly url: string
  readonly port: number
  readonly seen: readonly Seen[]
  close(): Promise<void>
}

export async function startFakeServer(options: FakeServerOptions = {}): Promise<FakeServer> {
  const fake = new Fake(options)
  const handle = (request: IncomingMessage, response: ServerResponse) => fake.handle(request, response)
  const server: Server = options.tls
    ? createHttps({ cert: options.tls.certificate, key: options.tls.key }, handle)
    : createHttp(handle)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    seen: fake.seen,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

class Fake {
  readonly seen: Seen[] = []
  private readonly options: FakeServerOptions
  private readonly attempts = new Map<string, number>()

  constructor(options: FakeServerOptions) {
    this.options = options
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://fake')
    const { authorization, accept = '' } = request.headers
    const seen: Seen = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      accept,
      authorization,
      headers: request.headers,
    }
    this.seen.push(seen)
    const attempt = (this.attempts.get(url.href) ?? 0) + 1
    this.attempts.set(url.href, attempt)
    let body = ''
    request.setEncoding('utf8').on('data', chunk => {
      body += chunk
    })
    request.on('end', () => this.answer(seen, body, this.options.fault?.(seen, attempt), response))
  }

  private answer(seen: Seen, body: string, mishap: Mishap | undefined, response: ServerResponse): void {
    if (mishap === 'hang') return
    if (mishap === 'drop') {
      response.socket?.destroy()
      return
    }
    const { status, text, headers } = this.replyTo(seen, body, mishap)
    // Real servers compress answers of more than 128 KiB.
    const isPacked = text.length > 131_072 && /gzip/.test(String(seen.headers['accept-encoding']))
    const bytes = isPacked ? gzipSync(text, { level: 1 }) : Buffer.from(text)
    response.writeHead(status, isPacked ? { ...headers, 'Content-Encoding': 'gzip' } : headers)
    if (mishap !== 'cut' && mishap !== 'stall') response.end(bytes)
    else
      response.write(bytes.subarray(0, bytes.length >> 1), () => {
        if (mishap === 'cut') response.socket?.destroy()
      })
  }

  private replyTo(seen: Seen, body: string, mishap: Mishap | undefined): Reply {
    if (typeof mishap === 'object')
      return 'body' in mishap
        ? { status: mishap.status ?? 200, text: mishap.body, headers: { 'Content-Type': mishap.contentType } }
        : statusReply(mishap)
    const { tokens } = this.options
    if (tokens && !tokens.some(token => seen.authorization === `Bearer ${token}`))
      return statusReply({ status: 401, reason: 'Unauthorized', message: 'Unauthorized' })
    const found = this.find(seen, body)
    if (!found)
      return statusReply({
        status: 404,
        reason: 'NotFound',
        message: 'the server could not find the requested resource',
      })
    const { status = 200, object, contentType = 'application/json' } = found
    return { status, text: `${JSON.stringify(object)}\n`, headers: { 'Content-Type': contentType } }
  }

  private find(seen: Seen, body: string): Found | undefined {
    const { path } = seen
    const {
      gitVersion = 'v1.34.4',
      kubeSystemUid = 'f3b1c7de-0000-4000-8000-000000000001',
      denied = [],
    } = this.options
    if (path === '/version') return { object: { major: '1', minor: '34', gitVersion } }
    if (path === '/apis') return this.groups(seen)
    if (path === '/api/v1/namespaces/kube-system')
      return {
        object: {
          kind: 'Namespace',
          apiVersion: 'v1',
          metadata: { name: 'kube-system', uid: kubeSystemUid },
        },
      }
    if (path === '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews' && seen.method === 'POST') {
      const review = JSON.parse(body)
      const allowed = !denied.includes(review.spec.resourceAttributes.resource)
      return { status: 201, object: { ...review, status: { allowed } } }
    }
    const [, group = '', version = '', plural] =
      /^\/(?:api|apis\/([^/]+))\/(v[^/]+)(?:\/([^/]+))?$/.exec(path) ?? []
    const entries = builtInKinds.filter(entry => entry.group === group && this.isServed(entry, version))
    if (version === '' || entries.length === 0) return undefined
    if (plural === undefined)
      return {
        object: {
          kind: 'APIResourceList',
          groupVersion: `${group}/${version}`,
          resources: entries.map(entry => ({
            name: entry.plural,
            kind: entry.kind,
            namespaced: entry.namespaced,
            verbs: ['get', 'list'],
          })),
        },
      }
    const entry = entries.find(candidate => candidate.plural === plural)
    return entry && { object: this.list(entry, version, seen) }
  }

  private isServed(entry: KindEntry, version: string): boolean {
    return entry.versions.includes(version) && (this.options.served?.(entry, version) ?? true)
  }

  private list(entry: KindEntry, version: string, { query, accept }: Seen): object {
    const all = this.options.objects?.[entry.plural] ?? []
    const token = query.get('continue')
    const start = token ? Number(JSON.parse(Buffer.from(token, 'base64url').toString()).start) : 0
    const limit = Number(query.get('limit')) || all.length
    const end = Math.min(start + limit, all.length)
    const isPartial = accept.includes('as=PartialObjectMetadataList')
    const partial = { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' }
    const items = all
      .slice(start, end)
      .map(item => (isPartial ? { ...partial, metadata: (item as { metadata: object }).metadata } : item))
    const metadata = {
      resourceVersion: '4711',
      ...(end < all.length
        ? {
            continue: Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: 4711, start: end })).toString(
              'base64url',
            ),
            remainingItemCount: all.length - end,
          }
        : {}),
    }
    return isPartial
      ? { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items }
      : {
          kind: `${entry.kind}List`,
          apiVersion: entry.group === '' ? version : `${entry.group}/${version}`,
          metadata,
          items,
        }
  }

  private groups({ accept }: Seen): Found {
    const { extraGroups = [], aggregatedDiscovery = true } = this.options
    const byGroup = new Map<string, Map<string, KindEntry[]>>(extraGroups.map(name => [name, new Map()]))
    for (const entry of builtInKinds) {
      if (entry.group === '') continue
      for (const version of entry.versions) {
        if (!this.isServed(entry, version)) continue
        const versions = byGroup.get(entry.group) ?? new Map<string, KindEntry[]>()
        byGroup.set(entry.group, versions)
        versions.set(version, [...(versions.get(version) ?? []), entry])
      }
    }
    const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
    if (!aggregatedDiscovery || !accept.includes(aggregated))
      return {
        object: {
          kind: 'APIGroupList',
          apiVersion: 'v1',
          groups: [...byGroup].map(([name, versions]) => ({
            name,
            versions: [...versions.keys()].map(version => ({ groupVersion: `${name}/${version}`, version })),
          })),
        },
      }
    return {
      contentType: aggregated,
      object: {
        kind: 'APIGroupDiscoveryList',
        apiVersion: 'apidiscovery.k8s.io/v2',
        metadata: {},
        items: [...byGroup].map(([name, versions]) => ({
          metadata: { name, creationTimestamp: null },
          versions: [...versions].map(([version, entries]) => ({
            version,
            freshness: 'Current',
            resources: entries.map(entry => ({
              resource: entry.plural,
              responseKind: { group: name, version, kind: entry.kind },
              scope: entry.namespaced ? 'Namespaced' : 'Cluster',
              verbs: ['get', 'list'],
            })),
          })),
        })),
      },
    }
  }
}

interface Found {
  readonly object: object
  readonly status?: number
  readonly contentType?: string
}

interface Reply {
  readonly status: number
  readonly text: string
  readonly headers: Record<string, string>
}

function statusReply(mishap: StatusMishap): Reply {
  const { status, reason = '', message = '', headers = {} } = mishap
  const object = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: mishap.continue === undefined ? {} : { continue: mishap.continue },
    status: 'Failure',
    message,
    reason,
    code: status,
  }
  return {
    status,
    text: `${JSON.stringify(object)}\n`,
    headers: { 'Content-Type': 'application/json', ...headers },
  }
}

/** The token that a server of this kind gives for going on at an object. */
export const continueAt = (start: number): string =>
  Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: 4711, start })).toString('base64url')
