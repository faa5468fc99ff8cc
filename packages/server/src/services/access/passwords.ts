// Passwords: hashes and checks them with argon2id, and says which are too weak.

import { type Algorithm, hash, verify } from '@node-rs/argon2'

// OWASP Password Storage Cheat Sheet (2024): argon2id with 19 MiB, two passes, one lane.
const options = { algorithm: 2 satisfies Algorithm, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

const minLength = 12
const maxLength = 256

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), options)

/** Hashed once per process, so that a login that does not exist takes as long as one that does. */
let nobody: Promise<string> | undefined

/** True where the password is that of the hash. Without a hash the same work is done, and the answer is false. */
export async function isPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword('of nobody at all')
  const isRight = await verify(stored ?? (await nobody), password.normalize('NFKC').slice(0, maxLength))
  return stored != null && isRight
}

/** What is wrong with a new password, in a sentence; undefined where nothing is. NIST SP 800-63B: length counts, classes of characters do not. */
export function passwordFault(password: string, known: readonly string[]): string | undefined {
  const text = password.normalize('NFKC')
  if (Array.from(text).length < minLength) return `a password has at least ${minLength} characters`
  if (text.length > maxLength) return `a password has at most ${maxLength} characters`
  if (new Set(text).size < 5) return 'a password has at least five different characters'
  const lower = text.toLowerCase()
  return known.some(word => word.length >= 4 && lower.includes(word.toLowerCase()))
    ? 'a password does not hold the login or the name, which others know'
    : undefined
}
