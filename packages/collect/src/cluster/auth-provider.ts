// Auth provider: tokens that a kubeconfig keeps under `auth-provider`: OIDC, and the retired ones of Azure and Google.
//
// An expired token is not renewed here. Many issuers accept a refresh token once only: who renews without writing the new
// one back into the kubeconfig logs the user out. kubectl writes it back, so the user is asked to let it do so.

import { isRecord } from '@plimsoll/core'
import type { Authorization } from './authorization.ts'
import { text } from './fields.ts'

/** Seconds before its end at which a token is no longer used, as for kubectl. */
const leeway = 10

/** The token that a provider's entry holds, as long as it is valid. */
export function readAuthProvider(provider: Readonly<Record<string, unknown>>, now: Date): Authorization {
  const name = text(provider.name) ?? ''
  const config = isRecord(provider.config) ? provider.config : {}
  const isOidc = name === 'oidc'
  if (!isOidc && name !== 'gcp' && name !== 'azure')
    return { problem: `its auth provider ${JSON.stringify(name)} is unknown; known are oidc, gcp and azure` }
  const renew = isOidc
    ? 'run `kubectl get --raw /version` once, which renews it, or log in again'
    : `the provider ${name} was removed from kubectl in 1.26; use the exec plugin of your cloud instead`
  const token = text(config[isOidc ? 'id-token' : 'access-token'])
  if (token === undefined) return { problem: `its auth provider ${name} holds no token; ${renew}` }
  const expiry = isOidc ? expiryOfJwt(token) : (text(config.expiry) ?? text(config['expires-on']))
  const end = expiry === undefined ? undefined : instantOf(expiry)
  if (end !== undefined && end <= now.getTime() + leeway * 1000)
    return { problem: `its ${name} token expired at ${new Date(end).toISOString()}; ${renew}` }
  return { header: `Bearer ${token}` }
}

/** The claim `exp` of a JSON web token, in seconds since 1970. The signature is the API server's business. */
function expiryOfJwt(token: string): string | undefined {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    return isRecord(payload) && typeof payload.exp === 'number' ? String(payload.exp) : undefined
  } catch {
    return undefined
  }
}

/** Milliseconds since 1970 of a number of seconds or an ISO 8601 text. */
function instantOf(expiry: string): number | undefined {
  const instant = /^\d+$/.test(expiry) ? Number(expiry) * 1000 : Date.parse(expiry)
  return Number.isNaN(instant) ? undefined : instant
}
