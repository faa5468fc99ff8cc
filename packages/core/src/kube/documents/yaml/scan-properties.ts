// Properties: reads anchors, aliases and tags.

import { hexValue, isBlankOrBreak, isUri, isWord } from './characters.ts'
import type { Cursor } from './cursor.ts'

const PERCENT = 37
const BANG = 33
const LESS = 60
const GREATER = 62
const afterAnchor = '?:,]}%@`'

/** What a tag in the `!!` namespace stands for. */
const coreTags = 'tag:yaml.org,2002:'

/** Reads the name of the anchor (`&name`) or alias (`*name`) at the position. */
export function scanAnchorName(cursor: Cursor): string {
  const start = cursor.position
  const from = ++cursor.position
  while (isWord(cursor.text.charCodeAt(cursor.position))) cursor.position++
  const next = cursor.text.charCodeAt(cursor.position)
  if (cursor.position === from || !(isBlankOrBreak(next) || afterAnchor.includes(String.fromCharCode(next))))
    cursor.fail('an anchor or alias is named by letters, digits, _ and - only', start)
  return cursor.text.slice(from, cursor.position)
}

/** Reads `%41` and the like: the octets of one UTF-8 character. Only ASCII ones can name a tag that is known. */
function readUriEscape(cursor: Cursor): string {
  let left = 0
  let character = ''
  do {
    const high = hexValue(cursor.text.charCodeAt(cursor.position + 1))
    const low = high < 0 ? -1 : hexValue(cursor.text.charCodeAt(cursor.position + 2))
    if (cursor.text.charCodeAt(cursor.position) !== PERCENT || low < 0)
      cursor.fail('a tag has a broken % escape')
    const octet = high * 16 + low
    if (character === '') {
      if (octet >= 0xf8 || (octet >= 0x80 && octet < 0xc0))
        cursor.fail('a tag has an escape that is no UTF-8')
      left = octet < 0x80 ? 0 : octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : 3
    } else {
      if (octet < 0x80 || octet >= 0xc0) cursor.fail('a tag has an escape that is no UTF-8')
      left--
    }
    character += octet < 0x80 ? String.fromCharCode(octet) : `%${octet.toString(16)}`
    cursor.position += 3
  } while (left > 0)
  return character
}

function readUri(cursor: Cursor): string {
  let uri = ''
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.position)
    if (code === PERCENT) uri += readUriEscape(cursor)
    else if (isUri(code)) uri += cursor.text.charAt(cursor.position++)
    else return uri
  }
}

/** Reads the tag at the position. Returns its full name: `!` alone, `!local`, or `tag:yaml.org,2002:str` for `!!str`. */
export function scanTag(cursor: Cursor): string {
  const start = cursor.position
  const tag = cursor.text.charCodeAt(start + 1) === LESS ? readVerbatim(cursor) : readShorthand(cursor, start)
  if (!isBlankOrBreak(cursor.text.charCodeAt(cursor.position)))
    cursor.fail('a tag must end in a space', start)
  return tag
}

function readVerbatim(cursor: Cursor): string {
  cursor.position += 2
  const uri = readUri(cursor)
  if (uri === '') cursor.fail('a tag is empty')
  if (cursor.text.charCodeAt(cursor.position) !== GREATER) cursor.fail('a tag lacks its >')
  cursor.position++
  return uri
}

function readShorthand(cursor: Cursor, start: number): string {
  cursor.position++
  while (isWord(cursor.text.charCodeAt(cursor.position))) cursor.position++
  if (cursor.text.charCodeAt(cursor.position) !== BANG)
    return cursor.text.slice(start, cursor.position) + readUri(cursor)
  cursor.position++
  const handle = cursor.text.slice(start, cursor.position)
  const suffix = readUri(cursor)
  if (suffix === '') cursor.fail('a tag is empty', start)
  if (handle !== '!!') cursor.fail(`the tag handle ${handle} is not defined`, start)
  return coreTags + suffix
}
