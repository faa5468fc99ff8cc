// OIDC test provider: a real OpenID Connect provider on loopback that lets in whoever comes, and says of them what a test wants.

import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export const oidcClient = { id: 'plimsoll', secret: 'secret-of-the-client' } as const

export interface OidcTestProvider {
  readonly issuer: string
  readonly close: () => Promise<void>
}

export interface OidcTestOptions {
  /** Where people are sent back to. */
  readonly redirectUri: string
  /** What is said of whoever signs in, at the time that they do. */
  readonly person: () => Readonly<Record<string, unknown>>
}

export async function startOidcProvider({ redirectUri, person }: OidcTestOptions): Promise<OidcTestProvider> {
  // The port must be known before the provider is made, since its issuer names it.
  let listener: RequestListener | undefined
  const server = createServer((request, response) => listener?.(request, response))
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: oidcClient.id,
        client_secret: oidcClient.secret,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    conformIdTokenClaims: false,
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username'],
      email: ['email'],
      groups: ['groups'],
    },
    scopes: ['openid', 'profile', 'email', 'groups'],
    pkce: { required: () => true },
    findAccount: async (_context: unknown, id: string) => ({
      accountId: id,
      claims: async () => person(),
    }),
    ttl: { Interaction: 60, Session: 60, Grant: 60, AccessToken: 60, IdToken: 60 },
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ['for tests only'] },
  })
  listener = provider.callback()
  return {
    issuer,
    close: async () => {
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  }
}
