// Secret cookie: how a secret that is a browser's own travels: never to scripts, never to other sites.

/** Over https the name itself keeps others from planting it; over http, which is for one's own machine, browsers refuse that name. */
const nameFor = (purpose: string, isSecure: boolean) => (isSecure ? `__Host-${purpose}` : purpose)

export interface SecretCookie {
  /** The secret in a request's Cookie header. */
  read(header: string | string[] | undefined): string | undefined
  /** The Set-Cookie header that gives a secret to the browser. */
  write(secret: string, expiresAt: Date): string
  /** … and that takes it away. */
  clear(): string
}

/** The cookie of a session. */
export const sessionCookie = (isSecure: boolean): SecretCookie => secretCookie('plimsoll', isSecure)

/** The cookie that holds a sign-in by the OIDC provider to the browser that began it. */
export const oidcCookie = (isSecure: boolean): SecretCookie => secretCookie('plimsoll-oidc', isSecure)

function secretCookie(purpose: string, isSecure: boolean): SecretCookie {
  const name = nameFor(purpose, isSecure)
  const marks = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
  return {
    read(header) {
      for (const part of [header ?? ''].flat().join('; ').split(';')) {
        const at = part.indexOf('=')
        if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || undefined
      }
      return undefined
    },
    write: (secret, expiresAt) => `${name}=${secret}; Expires=${expiresAt.toUTCString()}; ${marks}`,
    clear: () => `${name}=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; ${marks}`,
  }
}
