// Credentials: what proves to the API server who asks: certificates and headers, had from the user entry of a kubeconfig.

import { readFile } from 'node:fs/promises'
import { type Attempt, isRecord, type Problem, refuse, succeed } from '@plimsoll/core'
import { readAuthProvider } from './auth-provider.ts'
import type { Authorization, CredentialContext } from './authorization.ts'
import { runCredentialPlugin } from './credential-plugin.ts'
import { text } from './fields.ts'
import { type Headers, impersonationHeaders } from './impersonation.ts'
import { pemOf } from './pem.ts'
import type { Target } from './target.ts'

export interface Credentials {
  readonly headers: Headers
  /** Client certificate and key, as PEM text. */
  readonly certificate?: string
  readonly key?: string
}

/**
 * The credentials of a target's user, in kubectl's order: client certificate, token file before token, password,
 * plugin or auth provider. Asked again after a 401, it reads files and runs plugins anew. Refuses with `cluster-auth`.
 */
export async function getCredentials(
  target: Target,
  context: CredentialContext,
): Promise<Attempt<Credentials>> {
  const { user, userName } = target
  const fail = (message: string) => refuse(authProblem(`the user ${userName} of the kubeconfig: ${message}`))
  const certificate = pemOf(user, 'client-certificate', '/')
  const key = pemOf(user, 'client-key', '/')
  if ('problem' in certificate) return fail(certificate.problem)
  if ('problem' in key) return fail(key.problem)

  const authorization = await getAuthorization(target, context)
  if ('problem' in authorization) return fail(authorization.problem)
  const { header, certificate: issuedCertificate, key: issuedKey } = authorization
  return succeed({
    headers: {
      ...(header === undefined ? {} : { Authorization: header }),
      ...impersonationHeaders(user),
    },
    ...ifPresent('certificate', issuedCertificate ?? certificate.pem),
    ...ifPresent('key', issuedKey ?? key.pem),
  })
}

const authProblem = (message: string): Problem => ({ code: 'cluster-auth', message })

const ifPresent = <K extends string>(key: K, value: string | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: string }

async function getAuthorization(target: Target, context: CredentialContext): Promise<Authorization> {
  const { user } = target
  const tokenFile = text(user.tokenFile)
  if (tokenFile !== undefined) {
    try {
      return { header: `Bearer ${(await readFile(tokenFile, 'utf8')).trim()}` }
    } catch (error) {
      return { problem: `its token file cannot be read: ${(error as Error).message}` }
    }
  }
  const token = text(user.token)
  if (token !== undefined) return { header: `Bearer ${token}` }
  const username = text(user.username)
  if (username !== undefined) {
    const pair = `${username}:${text(user.password) ?? ''}`
    return { header: `Basic ${Buffer.from(pair).toString('base64')}` }
  }
  if (isRecord(user.exec)) return await runCredentialPlugin(user.exec, target, context)
  const provider = user['auth-provider']
  if (isRecord(provider)) return readAuthProvider(provider, context.now())
  return {}
}
