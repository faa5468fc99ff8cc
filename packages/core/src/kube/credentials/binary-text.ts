// Binary text: the text that a Base64 value stands for, as in the `binaryData` of a ConfigMap, and back.

import { decodeBase64, encodeBase64 } from '../identity/base64.ts'

/** A letter for each byte; undefined where the bytes are no text, or the value is no Base64. */
export function readBinaryText(value: string): string | undefined {
  const bytes = decodeBase64(value)
  if (!bytes?.every(isTextByte)) return undefined
  let text = ''
  // By pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += pieceLength)
    text += String.fromCharCode(...bytes.subarray(at, at + pieceLength))
  return text
}

/** The value that stands for a text of readBinaryText. */
export function writeBinaryText(text: string): string {
  return encodeBase64(Uint8Array.from(text, letter => letter.charCodeAt(0)))
}

const pieceLength = 8192

/** Tabs, line ends, and whatever is no control character. */
const isTextByte = (byte: number) => byte >= 32 || byte === 9 || byte === 10 || byte === 13
