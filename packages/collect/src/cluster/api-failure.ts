// API failure: why the API server did not give what was asked for.

import { isRecord } from '@plimsoll/core'
import { ProxyError } from './proxy-socket.ts'

/** What the server said no with, from the Status object that it sent, as far as it sent one. */
export interface StatusFailure {
  readonly type: 'status'
  readonly status: number
  /** Its machine-readable reason, such as `Expired`; empty where there was none. */
  readonly reason: string
  readonly message: string
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter?: number
  /** A token with which a list that expired can be read on. */
  readonly continue?: string
}

export type ApiFailure =
  | StatusFailure
  /** No connection, or one that broke before the answer began. */
  | { readonly type: 'unreachable'; readonly code: string; readonly message: string }
  | { readonly type: 'timed-out'; readonly message: string }
  /** The answer began and did not come to its end. */
  | { readonly type: 'truncated'; readonly message: string }
  /** The answer is not what an API server gives. */
  | { readonly type: 'malformed'; readonly message: string }
  /** Credentials could not be had. */
  | { readonly type: 'login'; readonly message: string }

/** Thrown by readers of bodies that end too early or hold something else. */
export class BodyError extends Error {
  readonly failure: ApiFailure
  constructor(type: 'truncated' | 'malformed', message: string) {
    super(message)
    this.failure = { type, message }
  }
}

/** Thrown where time ran out. */
export class TimeLimitError extends Error {}

/** Certificates that Node refuses, with what a person can do. */
const certificateHints: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'the certificate is self-signed; give its authority as certificate-authority in the kubeconfig',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its authority is not trusted; give it as certificate-authority in the kubeconfig',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its authority is not known; give it as certificate-authority in the kubeconfig',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its authority is not known; give it as certificate-authority in the kubeconfig',
  CERT_SIGNATURE_FAILURE: 'it was not signed by the certificate-authority of the kubeconfig',
  CERT_HAS_EXPIRED: 'the certificate has expired; renew it on the server',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet; compare the clocks',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'the certificate is for another name; use that name as server, or set tls-server-name',
}

const networkHints: Readonly<Record<string, string>> = {
  ENOTFOUND:
    'the name is not known to DNS; check the server address of the kubeconfig, or connect to its network',
  EAI_AGAIN: 'DNS does not answer; check the network',
  ECONNREFUSED: 'nothing listens there; check that the cluster runs, and the port',
  EHOSTUNREACH: 'there is no way to it; check the network or VPN',
  ENETUNREACH: 'there is no way to it; check the network or VPN',
  ETIMEDOUT: 'it does not answer; check the network, VPN or firewall',
  ECONNRESET: 'it closed the connection',
  EPROTO: 'it does not speak TLS as we do; check whether the server address should begin with http:',
}

/** Files a thrown error under the failures. `answered` is whether the answer had begun. */
export function failureOf(error: unknown, answered: boolean): ApiFailure {
  if (error instanceof BodyError) return error.failure
  if (error instanceof TimeLimitError) return { type: 'timed-out', message: error.message }
  const { code = '', message } = error as NodeJS.ErrnoException
  if (error instanceof ProxyError) return { type: 'unreachable', code: 'EPROXY', message }
  const certificate = certificateHints[code]
  if (certificate !== undefined)
    return { type: 'unreachable', code, message: `its certificate is refused (${code}): ${certificate}` }
  if (code.startsWith('HPE_')) return { type: 'malformed', message: `it does not answer in HTTP (${code})` }
  if (answered) return { type: 'truncated', message: `the answer broke off (${code || message})` }
  const hint = networkHints[code]
  return { type: 'unreachable', code, message: hint === undefined ? message : `${hint} (${code})` }
}

/** What a Status object in an answer says; text of any other kind is shown as far as one line goes. */
export function statusFailure(status: number, body: string, retryAfter: string | undefined): StatusFailure {
  let said: unknown
  try {
    said = JSON.parse(body)
  } catch {
    said = undefined
  }
  const object = isRecord(said) && said.kind === 'Status' ? said : {}
  const metadata = isRecord(object.metadata) ? object.metadata : {}
  const details = isRecord(object.details) ? object.details : {}
  const seconds = Number(retryAfter ?? details.retryAfterSeconds)
  return {
    type: 'status',
    status,
    reason: typeof object.reason === 'string' ? object.reason : '',
    message: typeof object.message === 'string' ? object.message : firstLine(body),
    ...(seconds > 0 ? { retryAfter: seconds * 1000 } : {}),
    ...(typeof metadata.continue === 'string' && metadata.continue !== ''
      ? { continue: metadata.continue }
      : {}),
  }
}

const firstLine = (body: string): string => (body.trim().split('\n', 1)[0] ?? '').slice(0, 200)

const passing = new Set([408, 429, 500, 502, 503, 504])

/** Whether asking again may help. */
export function mayPass(failure: ApiFailure): boolean {
  if (failure.type === 'status') return passing.has(failure.status)
  if (failure.type === 'unreachable')
    return certificateHints[failure.code] === undefined && failure.code !== 'ENOTFOUND'
  return failure.type === 'timed-out' || failure.type === 'truncated'
}

/** A failure as the end of a sentence. */
export function describeFailure(failure: ApiFailure): string {
  if (failure.type !== 'status') return failure.message
  return `it answered ${failure.status}${failure.message === '' ? '' : `: ${failure.message}`}`
}
