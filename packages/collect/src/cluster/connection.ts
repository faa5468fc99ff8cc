// Connection: the keep-alive agent over which a target is spoken to, directly or through a proxy.

import http from 'node:http'
import https from 'node:https'
import type { Duplex } from 'node:stream'
import { createSecureContext } from 'node:tls'
import { type Attempt, refuse, succeed } from '@plimsoll/core'
import type { Environment } from '../collector.ts'
import type { Credentials } from './credentials.ts'
import { chooseProxy } from './proxy-choice.ts'
import type { Target } from './target.ts'
import { openTunnel, proxyPorts } from './tunnel.ts'

/** As many connections as lists are read at a time, and one to spare. */
const mostSockets = 6

type Done = (error: Error | null, stream?: Duplex) => void

/**
 * An agent for a target's server; it keeps connections open until it is destroyed. Refuses a proxy address that is none,
 * and a certificate or key that cannot be used, with `invalid-kubeconfig`. It opens no more than `maxSockets` connections.
 */
export function makeAgent(
  target: Target,
  credentials: Credentials,
  environment: Environment,
  maxSockets = mostSockets,
): Attempt<http.Agent> {
  const options: https.AgentOptions = {
    keepAlive: true,
    maxSockets,
    ...(target.certificateAuthority === undefined ? {} : { ca: target.certificateAuthority }),
    ...(target.tlsServerName === undefined ? {} : { servername: target.tlsServerName }),
    ...(credentials.certificate === undefined ? {} : { cert: credentials.certificate }),
    ...(credentials.key === undefined ? {} : { key: credentials.key }),
    rejectUnauthorized: !target.insecure,
  }
  const proxy = chooseProxy(target.server, target.proxyUrl, environment)
  const isTls = target.server.protocol === 'https:'
  try {
    if (isTls) createSecureContext(options)
  } catch (error) {
    const message = `the certificates of the context ${target.context} cannot be used: ${(error as Error).message}`
    return refuse({ code: 'invalid-kubeconfig', message })
  }
  const agent = isTls ? new https.Agent(options) : new http.Agent(options)
  if (proxy === undefined) return succeed(agent)
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined
  if (!url || !(url.protocol in proxyPorts))
    return refuse({
      code: 'invalid-kubeconfig',
      message: `the proxy ${proxy} is no address of a kind we know: http, https or socks5`,
    })
  return succeed(through(agent, url))
}

/** Makes an agent open its connections through a proxy. */
function through(agent: http.Agent, proxy: URL): http.Agent {
  const direct = agent as unknown as { createConnection(options: object, done?: Done): Duplex | undefined }
  const connect = direct.createConnection.bind(agent)
  const isTls = agent instanceof https.Agent
  direct.createConnection = (options, done) => {
    const { host, port } = options as { host: string; port: number }
    openTunnel(proxy, host, port).then(
      socket => done?.(null, isTls ? connect({ ...options, socket }) : socket),
      (error: Error) => done?.(error),
    )
    return undefined
  }
  return agent
}
