// Decode text: the text of a file's bytes, as YAML and JSON readers take it, or why they hold none.

import { isUtf8 } from 'node:buffer'
import { beginsLikeJson } from '@plimsoll/core'

export type Decoded =
  | { readonly text: string }
  | { readonly problem: string; readonly line: number; readonly column: number }

/**
 * The text of bytes in UTF-8, or in UTF-16 with a byte order mark, as the redirections of PowerShell write it. Bytes that are no
 * text are a problem at their place; only JSON may have some, since kubectl reads each as U+FFFD there.
 */
export function decodeText(bytes: Buffer): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: bytes.toString('utf16le', 2) }
  if (bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0)
    return { text: Buffer.from(bytes.subarray(2)).swap16().toString('utf16le') }
  const nul = bytes.indexOf(0)
  if (nul >= 0) return { problem: 'it is no text: it holds a NUL byte', ...placeOf(bytes, nul) }
  if (isUtf8(bytes) || beginsLikeJson(bytes)) return { text: bytes.toString('utf8') }
  return { problem: 'it is not UTF-8 text', ...placeOf(bytes, firstBadByte(bytes)) }
}

/** 1-based line and column of a byte; columns count bytes. */
function placeOf(bytes: Buffer, at: number): { readonly line: number; readonly column: number } {
  let line = 1
  let start = 0
  for (let end = bytes.indexOf(10); end >= 0 && end < at; end = bytes.indexOf(10, start)) {
    line++
    start = end + 1
  }
  return { line, column: at - start + 1 }
}

/** Offset of the first character that is not UTF-8, by halving: a prefix that ends inside a character counts as sound. */
function firstBadByte(bytes: Buffer): number {
  let sound = 0
  let bad = bytes.length
  while (bad - sound > 1) {
    const middle = (sound + bad) >> 1
    if (isSoundPrefix(bytes, sound, middle)) sound = middle
    else bad = middle
  }
  return beginOfCharacter(bytes, sound)
}

/** Where a character began that the byte at `at` does not continue; `at` itself where none did. */
function beginOfCharacter(bytes: Buffer, at: number): number {
  for (let back = 1; back <= 3; back++) {
    const byte = bytes[at - back] ?? 0
    if (byte >= 0xc0) return at - back
    if (byte < 0x80) break
  }
  return at
}

function isSoundPrefix(bytes: Buffer, from: number, to: number): boolean {
  // Steps back to the begin of a character, so that neither end cuts one.
  let start = from
  while (start > 0 && from - start < 3 && ((bytes[start] as number) & 0xc0) === 0x80) start--
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    decoder.decode(bytes.subarray(start, to), { stream: true })
    return true
  } catch {
    return false
  }
}
