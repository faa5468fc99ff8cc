// Token text: makes secrets that callers hold, and the digest that is all the server keeps of them.

import { createHash, timingSafeEqual } from 'node:crypto'

/** `plt_` API tokens of people, `ple_` enrolments of collectors, none for sessions (they live in cookies only). */
export type TokenPrefix = 'plt_' | 'ple_' | ''

const bodyLength = 43
const checkLength = 6

/** 256 random bits as base64url, with a prefix by which scanners know it and six characters that tell a typing error from a wrong token. */
export function makeToken(prefix: TokenPrefix, randomBytes: (bytes: number) => Buffer): string {
  const body = randomBytes(32).toString('base64url')
  return prefix + body + checkOf(prefix + body)
}

/** The prefix of a text that has the form of a token, its check characters included; undefined else. */
export function tokenPrefix(text: string): TokenPrefix | undefined {
  const prefix = text.startsWith('plt_') ? 'plt_' : text.startsWith('ple_') ? 'ple_' : ''
  const rest = text.slice(prefix.length)
  if (!/^[A-Za-z0-9_-]+$/.test(rest) || rest.length !== bodyLength + checkLength) return undefined
  const own = Buffer.from(rest.slice(bodyLength))
  return timingSafeEqual(own, Buffer.from(checkOf(prefix + rest.slice(0, bodyLength)))) ? prefix : undefined
}

/** What is kept of a token. It has 256 bits of its own, so a plain digest is enough. */
export const tokenHash = (text: string): Buffer => createHash('sha256').update(text).digest()

const checkOf = (text: string) =>
  createHash('sha256').update(`plimsoll token ${text}`).digest('base64url').slice(0, checkLength)
