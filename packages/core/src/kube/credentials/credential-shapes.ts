// Credential shapes: finds the credentials in a text that can be told by their form alone.

import type { Credential } from './credential.ts'
import { credentialForms } from './credential-forms.ts'
import { formsMarkedIn } from './form-marks.ts'
import { isPlaceholder } from './placeholder.ts'
import { type Redaction, readRedactions } from './redaction-note.ts'
import { coveredBy, type Span } from './spans.ts'

/** Below this length only a URL, a header or a connection string can hold one. */
export const shortToken = 20

const none: readonly never[] = []
const order = new Map(credentialForms.map(({ detector }, index) => [detector, index]))

/**
 * The credentials of a known form in a text, in the order of the forms, and those that were taken out of it; placeholders are none.
 * A part of one is not another.
 */
export function findShapes(text: string): readonly Credential[] {
  const noted = readRedactions(text)
  return searchShapes(text, noted, noted)
}

/** As findShapes; `noted` is what was taken out, and `taken` what is told already. */
export function searchShapes(
  text: string,
  noted: readonly Redaction[],
  taken: readonly Span[],
): readonly Credential[] {
  const known = noted.length === 0 ? none : noted.filter(({ by }) => by === 'form').sort(byRank)
  const forms = text.length < shortToken && !/:\/\/|=| /.test(text) ? none : formsMarkedIn(text)
  if (forms.length === 0) return known
  const found: Credential[] = []
  let isTaken = coveredBy(taken)
  for (const { detector, pattern, accepts } of forms) {
    const before = found.length
    for (const match of text.matchAll(pattern)) {
      const secret = match[1] ?? match[0]
      const index = match.indices?.[1]?.[0] ?? match.index
      const end = index + secret.length
      if (isPlaceholder(secret) || isFiller(secret) || accepts?.(secret) === false) continue
      if (!isTaken(index, end)) found.push({ detector, length: secret.length, index, end })
    }
    if (found.length > before) isTaken = coveredBy([...taken, ...found])
  }
  if (known.length === 0) return found
  return [...known, ...found].sort(byRank)
}

const byRank = (a: Credential, b: Credential) => rankOf(a) - rankOf(b) || a.index - b.index

/** Those of forms that only another version knows come last. */
const rankOf = ({ detector }: Credential) => order.get(detector) ?? order.size

/** What people write where a token will stand: `ghp_xxxxxxxxxxxx`. */
const isFiller = (secret: string) => /([xX*0])\1{7,}$/.test(secret)
