// Proxy choice: through which proxy, if any, a server is reached.

import { BlockList, isIP } from 'node:net'
import type { Environment } from '../collector.ts'

/**
 * The proxy for a server: the one that the kubeconfig names, else the one of HTTPS_PROXY or HTTP_PROXY unless NO_PROXY or a
 * loopback address says otherwise; undefined for none. Rules as in Go's net/http, which kubectl follows.
 */
export function chooseProxy(
  server: URL,
  named: string | undefined,
  environment: Environment,
): string | undefined {
  if (named !== undefined) return named
  const variable = server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const proxy = environment[variable] || environment[variable.toLowerCase()]
  if (!proxy) return undefined
  const host = server.hostname.replace(/^\[|\]$/g, '')
  if (isLoopback(host)) return undefined
  const exceptions = environment.NO_PROXY || environment.no_proxy || ''
  const port = server.port || (server.protocol === 'https:' ? '443' : '80')
  if (exceptions.split(',').some(exception => excepts(exception.trim().toLowerCase(), host, port)))
    return undefined
  return proxy.includes('://') ? proxy : `http://${proxy}`
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d+){3}$/.test(host)

/** Whether an entry of NO_PROXY speaks of a host: `*`, a domain with or without dot, an address, a range; each may have a port. */
function excepts(exception: string, host: string, port: string): boolean {
  if (exception === '') return false
  if (exception === '*') return true
  if (exception.includes('/')) return isInRange(exception, host)
  const [, name, wantedPort] = /^(\[.*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(exception) ?? []
  if (name === undefined || (wantedPort !== undefined && wantedPort !== port)) return false
  const bare = name.replace(/^\[|\]$/g, '')
  if (isIP(bare)) return bare === host
  const domain = bare.replace(/^\*?\./, '')
  return host.endsWith(`.${domain}`) || (host === domain && !/^\*?\./.test(bare))
}

function isInRange(range: string, host: string): boolean {
  const [base = '', bits = ''] = range.split('/')
  const family = isIP(host)
  if (family === 0 || isIP(base) !== family || !/^\d+$/.test(bits)) return false
  const type = family === 4 ? 'ipv4' : 'ipv6'
  const list = new BlockList()
  try {
    list.addSubnet(base, Number(bits), type)
  } catch {
    return false
  }
  return list.check(host, type)
}
