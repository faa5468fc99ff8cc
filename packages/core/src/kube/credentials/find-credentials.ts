// Find credentials: the credentials in a setting or a file of settings, told by names, by values, or by both.

import type { Credential } from './credential.ts'
import { judgeName } from './credential-names.ts'
import { findShapes, searchShapes, shortToken } from './credential-shapes.ts'
import { isPlaceholder } from './placeholder.ts'
import { looksRandom } from './randomness.ts'
import { isNoted, namedDetector, readRedactions, replaceCredentials, replaceWhole } from './redaction-note.ts'
import { coveredBy, joinSpans, type Span } from './spans.ts'

/** The most that is told of one text; who has so many has heard enough. */
const most = 20

const none: readonly Credential[] = []

/**
 * The credentials in the value of a setting of that name. Where the value is a text of settings itself, such as a file, JSON, a connection
 * string or a query, those in it: `name=value`, `name: value`, `"name": "value"`. Those that were taken out of it are told as they were
 * when they stood there.
 */
export function findCredentials(name: string, text: string): readonly Credential[] {
  return search(name, text, most)
}

/**
 * The value of a setting of that name with a note in place of each of its credentials, those in comments too, by which findCredentials and
 * findShapes tell the same as before; undefined where it has none. Where what is left of the text could be taken for more, or hides one,
 * nothing else is left.
 */
export function redactText(name: string, text: string): string | undefined {
  if (isHarmless(name, text)) return undefined
  const all = search(name, text, Number.POSITIVE_INFINITY, true)
  if (all.every(isNoted)) return undefined
  const redacted = replaceCredentials(text, all, joinSpans(all))
  const told = search(name, text, Number.POSITIVE_INFINITY)
  const isSame =
    areAlike(search(name, redacted, Number.POSITIVE_INFINITY), told) &&
    areAlike(search(name, redacted, Number.POSITIVE_INFINITY, true), all)
  if (isSame) return redacted
  return told.length > 0 ? replaceWhole(told) : `# ${replaceWhole(all)}`
}

/** True for most texts, in a fraction of the time of a search: too short for a token or a note, undivided, and of a name that tells nothing. */
const isHarmless = (name: string, text: string) =>
  text.length < shortToken && !dividing.test(text) && !nameHint.test(name)
/** What stands in each text of settings, and in each credential that is no token. */
const dividing = /[:= ]/

const areAlike = (some: readonly Credential[], others: readonly Credential[]) =>
  some.length === others.length &&
  some.every((one, i) => one.detector === others[i]?.detector && one.length === others[i]?.length)

/** At most so many; what stands in comments is told only where asked for. */
function search(name: string, text: string, limit: number, inComments = false): readonly Credential[] {
  if (text === '') return none
  const noted = readRedactions(text)
  const byShape = searchShapes(text, noted, noted)
  if (byShape.length === 0 && noted.length === 0 && !text.includes('\n') && isSecret(name, text))
    return [{ detector: namedDetector(name), length: text.length, index: 0, end: text.length }]
  const byName =
    noted.length === 0
      ? noted
      : noted.filter(({ by, index }) => by === 'name' && (inComments || !isComment(text, index)))
  const isSettings = (text.includes('=') || text.includes(':')) && nameHint.test(text)
  const inside = isSettings ? findPairs(text, [...byShape, ...noted], limit, inComments) : none
  if (inside.length === 0 && byName.length === 0)
    return byShape.length <= limit ? byShape : byShape.slice(0, limit)
  const pairs = byName.length === 0 ? inside : [...byName, ...inside].sort((a, b) => a.index - b.index)
  return [...byShape, ...pairs].slice(0, limit)
}

/** Something that each name of a credential has; most names have none of it. */
const nameHint =
  /[pP](?:ass|ASS|w|W)|[sS](?:ecret|ECRET)|[tT](?:oken|OKEN)|[kK](?:ey|EY)|[cC](?:redential|REDENTIAL)|[aA](?:uth|UTH)/

/** Whether the value of a setting is a credential, by the setting's name; what is a credential itself names none. */
function isSecret(name: string, value: string): boolean {
  if (!nameHint.test(name) || findShapes(name).length > 0) return false
  const verdict = judgeName(name)
  if (verdict === undefined || !mayBeSecret(value)) return false
  return verdict === 'secret' || looksRandom(value)
}

/** The end of a name that may be a credential's, and what divides it from its value. */
const candidate = new RegExp(`(?:${nameHint.source})[\\w.-]{0,40}["']?[ \\t]{0,3}[:=]`, 'g')
const nameLetter = /[\w.-]/
const longestName = 80

function findPairs(
  text: string,
  known: readonly Span[],
  limit: number,
  inComments: boolean,
): readonly Credential[] {
  let found: Credential[] | undefined
  const isKnown = coveredBy(known)
  for (const { index, 0: match } of text.matchAll(candidate)) {
    const divider = index + match.length - 1
    let start = index
    while (start > 0 && index - start < longestName && nameLetter.test(text[start - 1] as string)) start--
    const value = valueAfter(text, divider)
    if (!value || (!inComments && isComment(text, start))) continue
    const name = text.slice(start, divider).replace(/["'\s]+$/, '')
    if (isKnown(start, value.end) || !isSecret(name.replace(/^-+/, ''), value.text) || isCode(name, value))
      continue
    found ??= []
    found.push({
      detector: namedDetector(name),
      length: value.text.length,
      index: value.index,
      end: value.index + value.text.length,
    })
    if (found.length >= limit) break
  }
  return found ?? none
}

interface Value {
  readonly text: string
  readonly isQuoted: boolean
  /** Where the text of it begins. */
  readonly index: number
  /** Where what follows it, its quotes included, begins. */
  readonly end: number
}

const quoted = /[ \t]{0,8}(?:"((?:[^"\\\n]|\\.){0,1000})"|'([^'\n]{0,1000})')/y
/** Templates hold together, whatever stands in them. */
const bare =
  /[ \t]{0,8}((?:\$\{[^}\n]{0,200}\}|\{\{[^}\n]{0,200}\}\}|\$\([^)\n]{0,200}\)|<[\w -]{1,60}>|[^\s,;&"'{}[\]()|<>]){1,1000})/y
/** What may follow a bare value after `:`; words that go on are prose. */
const after = /[ \t]*(?:$|[\r\n,;&#})\]"'|\\<]|-)/my

function valueAfter(text: string, divider: number): Value | undefined {
  const isColon = text[divider] === ':'
  const next = text[divider + 1]
  // `==`, `:=`, `::` and `=>` compare or define; `a:b` without a blank is no setting unless quotes follow.
  if (next === undefined || next === '=' || next === ':' || next === '>') return undefined
  if (isColon && !/[\s"']/.test(next)) return undefined
  quoted.lastIndex = divider + 1
  const inQuotes = quoted.exec(text)
  if (inQuotes) {
    const text = inQuotes[1] ?? inQuotes[2] ?? ''
    return { text, isQuoted: true, index: quoted.lastIndex - 1 - text.length, end: quoted.lastIndex }
  }
  bare.lastIndex = divider + 1
  const plain = bare.exec(text)
  if (!plain) return undefined
  after.lastIndex = bare.lastIndex
  if (isColon && !after.test(text)) return undefined
  const word = plain[1] as string
  return { text: word, isQuoted: false, index: bare.lastIndex - word.length, end: bare.lastIndex }
}

/** In an `.npmrc`, `//registry.npmjs.org/:_authToken=…` is a setting. */
function isComment(text: string, at: number): boolean {
  const start = text.lastIndexOf('\n', at - 1) + 1
  return /^\s*(?:#|\/\/(?!\S*:_)|;|\*|<!--)/.test(text.slice(start, Math.min(at + 1, start + 200)))
}

/** A bare word that is the name of something else in a program: `password = options.password`, `token=token`. */
function isCode(name: string, { text, isQuoted }: Value): boolean {
  if (isQuoted) return false
  return /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/.test(text) || text.toLowerCase() === name.toLowerCase()
}

const plainWords =
  /^(?:true|false|yes|no|on|off|enabled?|disabled?|required|optional|auto|default|string|\{\}|\[\]|\||>|[|>][+-])$/i
/** A path, a URL without credentials (others are told by their shape), or a file. */
const elsewhere =
  /^(?:\.{0,2}\/|~\/|[A-Za-z]:\\|[a-z][a-z\d+.-]*:\/\/)|\.(?:pem|key|crt|txt|json|ya?ml|env|jks|p12)$/i

/** False for what is no credential whatever its name says: words for a switch, paths, templates, references. */
function mayBeSecret(value: string): boolean {
  const text = value.trim()
  if (isPlaceholder(text) || plainWords.test(text) || elsewhere.test(text)) return false
  // The beginning of something nested.
  return !/^[{[(]/.test(text)
}
