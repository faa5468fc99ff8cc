// Redaction note: what stands in a text where a credential was taken out of it, so that rules can still tell of it.
//
// A note is made of letters, digits and `.-_` alone: it is one word in a shell, in YAML, in a URL and in the patterns that look for names
// and values, and breaks none of them. It reads `PLIMSOLL-REDACTED.name.token.7.DB__PASSWORD_.`: told by its name or by its form; a token, or text
// that could have meant something where it stood; how many characters it had; the name, or the detector.

import type { Credential } from './credential.ts'
import type { Span } from './spans.ts'

/** A credential that was taken out. */
export interface Redaction extends Credential {
  /** Whether the form of the value told it, or the name of the setting. */
  readonly by: 'form' | 'name'
  /** Whether it could have been read as anything but an opaque word. */
  readonly isText: boolean
}

const prefix = 'PLIMSOLL-REDACTED.'
const pattern =
  /PLIMSOLL-REDACTED\.(form|name)\.(token|text)\.(\d{1,9})\.((?:[A-Za-z0-9.-]|__|_[0-9a-f]{1,4}_)*)_\./g
const none: readonly never[] = []

/** The detector of a credential that its name tells. */
export const namedDetector = (name: string): string => `value of ${name}`
const ofNames = namedDetector('')

/** The notes in a text, in their order. */
export function readRedactions(text: string): readonly Redaction[] {
  if (!text.includes(prefix)) return none
  return Array.from(text.matchAll(pattern), match => {
    const [note, by, kind, length, what] = match as unknown as [
      string,
      Redaction['by'],
      string,
      string,
      string,
    ]
    const decoded = decode(what)
    return {
      detector: by === 'name' ? namedDetector(decoded) : decoded,
      length: Number(length),
      index: match.index,
      end: match.index + note.length,
      by,
      isText: kind === 'text',
    }
  })
}

/** True where something was taken out of a text that could have been read as more than an opaque word. */
export function hidesText(text: string): boolean {
  return readRedactions(text).some(({ isText }) => isText)
}

/** Whether it was taken out before. */
export const isNoted = (found: Credential): found is Redaction => 'by' in found

/** The text with notes in place of the spans, which hold the credentials found in it. */
export function replaceCredentials(
  text: string,
  found: readonly Credential[],
  spans: readonly Span[],
): string {
  const inOrder = found.toSorted((a, b) => a.index - b.index)
  let written = ''
  let end = 0
  let next = 0
  for (const span of spans) {
    written += text.slice(end, span.index)
    for (let one = inOrder[next]; one && one.index < span.end; one = inOrder[++next])
      written += noteFor(one, isNoted(one) ? one.isText : isText(text.slice(one.index, one.end)))
    end = span.end
  }
  return written + text.slice(end)
}

/** The notes of the credentials found in a text, and nothing else of it. */
export function replaceWhole(found: readonly Credential[]): string {
  return found
    .toSorted((a, b) => a.index - b.index)
    .map(one => noteFor(one, true))
    .join('')
}

function noteFor({ detector, length }: Credential, isText: boolean): string {
  const by = detector.startsWith(ofNames) ? 'name' : 'form'
  const what = by === 'name' ? detector.slice(ofNames.length) : detector
  return `${prefix}${by}.${isText ? 'text' : 'token'}.${length}.${encode(what)}_.`
}

/** Keys are nothing but themselves; a plain word, or what holds blanks and marks, may be a command or a directive too. */
const isText = (secret: string) =>
  !secret.startsWith('-----BEGIN ') && (!/^[\w.~+/=:@%-]+$/.test(secret) || /^[A-Za-z]+$/.test(secret))

const encode = (text: string) =>
  text.replaceAll(/[^A-Za-z0-9.-]/g, letter =>
    letter === '_' ? '__' : `_${letter.charCodeAt(0).toString(16)}_`,
  )

const decode = (text: string) =>
  text.replaceAll(/_([0-9a-f]{0,4})_/g, (_, code: string) =>
    code === '' ? '_' : String.fromCharCode(Number.parseInt(code, 16)),
  )
