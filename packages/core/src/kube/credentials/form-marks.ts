// Form marks: which forms of credentials a text may hold, told in one pass over it that costs next to nothing.
//
// Every text of every object comes by here, and most hold no credential; a pattern of all forms takes some thirty times as long.

import { type CredentialForm, credentialForms } from './credential-forms.ts'

interface Mark {
  /** In lower case. */
  readonly text: string
  /** Index of the form. */
  readonly form: number
}

const marks: readonly Mark[] = credentialForms.flatMap(({ marks }, form) =>
  marks.map(mark => ({ text: mark.toLowerCase(), form })),
)
const anywhere = marks
  .filter(({ text }) => text.startsWith('*'))
  .map(({ text, form }) => {
    const [first = '', later = ''] = (
      credentialForms[form]?.marks.find(own => own.toLowerCase() === text) ?? ''
    )
      .slice(1)
      .split('…')
    return { first, later, form }
  })
/** Marks with which words begin, by their first two letters. */
const atWords = new Map<number, Mark[]>()
for (const mark of marks) {
  if (mark.text.startsWith('*')) continue
  const key = pairOf(mark.text.charCodeAt(0), mark.text.charCodeAt(1))
  atWords.set(key, [...(atWords.get(key) ?? []), mark])
}

/** 1 for a digit or letter, by character code. */
const isLetter = new Uint8Array(128)
for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')
  isLetter[letter.charCodeAt(0)] = 1
/** 1 for the first letters of marks. */
const begins = new Uint8Array(128)
for (const { text } of marks) for (const one of [text, text.toUpperCase()]) begins[one.charCodeAt(0)] = 1

/** 1 for the first two letters of marks, in lower case: most words begin with others. */
const beginsPair = new Uint8Array(128 * 128)
for (const { text } of marks)
  if (!text.startsWith('*')) beginsPair[text.charCodeAt(0) * 128 + text.charCodeAt(1)] = 1

const none: readonly CredentialForm[] = []

/** The forms, in their order, of which a text has a mark; none for most texts. */
export function formsMarkedIn(text: string): readonly CredentialForm[] {
  let found: Set<number> | undefined
  let isInWord = false
  for (let i = 0; i < text.length - 1; i++) {
    const code = text.charCodeAt(i)
    const wasInWord = isInWord
    isInWord = code < 128 && isLetter[code] === 1
    if (wasInWord || !isInWord || begins[code] === 0) continue
    const next = text.charCodeAt(i + 1)
    if (next >= 128 || beginsPair[lower(code) * 128 + lower(next)] === 0) continue
    const here = atWords.get(pairOf(lower(code), lower(next)))
    if (here)
      for (const mark of here)
        if (text.slice(i, i + mark.text.length).toLowerCase() === mark.text) {
          found ??= new Set()
          found.add(mark.form)
        }
  }
  for (const { first, later, form } of anywhere) {
    const at = text.indexOf(first)
    if (at < 0 || !text.includes(later, at + first.length)) continue
    found ??= new Set()
    found.add(form)
  }
  if (!found) return none
  return [...found].sort((a, b) => a - b).map(form => credentialForms[form] as CredentialForm)
}

function lower(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code
}

function pairOf(first: number, second: number): number {
  return first * 65536 + second
}
