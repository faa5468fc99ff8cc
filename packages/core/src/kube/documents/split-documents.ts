// Split documents: cuts YAML text into documents as kubectl does, before anything is parsed.

import { BOM } from './yaml/characters.ts'

/** One document's text. */
export interface DocumentText {
  /** Offset of its first character; a `---` line before it may be part of it. */
  readonly start: number
  /** Offset after its last line feed. */
  readonly end: number
  /** Why it cannot be read, where its separator is malformed: a sentence. */
  readonly problem?: string
}

/**
 * Text as kubectl's line reader gives it on: a byte order mark is dropped, CR LF become LF, and the last line ends in
 * LF too. Offsets and columns of all readers here refer to this text; its lines are those of the original.
 */
export function normalizeText(text: string): string {
  const content = text.charCodeAt(0) === BOM ? text.slice(1) : text
  const lines = content.includes('\r\n') ? content.replaceAll('\r\n', '\n') : content
  return lines.endsWith('\n') ? lines : `${lines}\n`
}

/**
 * Splits normalized text from an offset at each line that begins with `---`, even inside block scalars and quotes, as
 * kubectl does (k8s.io/apimachinery/pkg/util/yaml). After `---` only blanks and a comment may stand: kubectl stops at
 * anything else; here it makes a document with a problem, and the others are kept. Documents may be empty.
 */
export function* splitDocuments(text: string, from: number = 0): Generator<DocumentText> {
  let start = from
  let problem: string | undefined
  const piece = (end: number): DocumentText =>
    problem === undefined ? { start, end } : { start, end, problem }
  const first = text.startsWith('---', from) ? from : nextSeparator(text, from)
  for (let at = first; at >= 0; at = nextSeparator(text, at)) {
    const lineEnd = text.indexOf('\n', at) + 1
    const rest = text.slice(at + 3, lineEnd).trim()
    const isMalformed = rest !== '' && !rest.startsWith('#')
    // A separator ends the document before it, or else begins the one after it.
    if (at === start && problem === undefined && !isMalformed) continue
    if (at > start || problem !== undefined) yield piece(at)
    problem = isMalformed ? 'only a comment may follow --- in its line' : undefined
    start = isMalformed ? at : lineEnd
  }
  if (start < text.length) yield piece(text.length)
}

/** Offset of the next line after the current one that begins with `---`, or -1. */
function nextSeparator(text: string, from: number): number {
  const found = text.indexOf('\n---', from)
  return found < 0 ? -1 : found + 1
}
