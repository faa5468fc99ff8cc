// Find credentials: the credentials in a setting or a file of settings, told by names, by values, or by both.

import { judgeName } from './credential-names.ts'
import { type Credential, findShapes } from './credential-shapes.ts'
import { isPlaceholder } from './placeholder.ts'
import { looksRandom } from './randomness.ts'

/** The most that is told of one text; who has so many has heard enough. */
const most = 20

const none: readonly Credential[] = []

/**
 * The credentials in the value of a setting of that name. Where the value is a text of settings itself, such as a file, JSON, a connection
 * string or a query, those in it: `name=value`, `name: value`, `"name": "value"`.
 */
export function findCredentials(name: string, text: string): readonly Credential[] {
  if (text === '') return none
  const byShape = findShapes(text)
  if (byShape.length === 0 && !text.includes('\n') && isSecret(name, text))
    return [{ detector: `value of ${name}`, length: text.length, index: 0 }]
  const isSettings = (text.includes('=') || text.includes(':')) && nameHint.test(text)
  const inside = isSettings ? findPairs(text, byShape) : none
  if (inside.length === 0) return byShape.slice(0, most)
  return [...byShape, ...inside].slice(0, most)
}

/** Something that each name of a credential has; most names have none of it. */
const nameHint =
  /[pP](?:ass|ASS|w|W)|[sS](?:ecret|ECRET)|[tT](?:oken|OKEN)|[kK](?:ey|EY)|[cC](?:redential|REDENTIAL)|[aA](?:uth|UTH)/

/** Whether the value of a setting is a credential, by the setting's name. */
function isSecret(name: string, value: string): boolean {
  if (!nameHint.test(name)) return false
  const verdict = judgeName(name)
  if (verdict === undefined || !mayBeSecret(value)) return false
  return verdict === 'secret' || looksRandom(value)
}

/** The end of a name that may be a credential's, and what divides it from its value. */
const candidate = new RegExp(`(?:${nameHint.source})[\\w.-]{0,40}["']?[ \\t]{0,3}[:=]`, 'g')
const nameLetter = /[\w.-]/
const longestName = 80

function findPairs(text: string, known: readonly Credential[]): readonly Credential[] {
  let found: Credential[] | undefined
  for (const { index, 0: match } of text.matchAll(candidate)) {
    const divider = index + match.length - 1
    let start = index
    while (start > 0 && index - start < longestName && nameLetter.test(text[start - 1] as string)) start--
    const value = valueAfter(text, divider)
    if (!value || isComment(text, start)) continue
    const name = text.slice(start, divider).replace(/["'\s]+$/, '')
    const isKnown = known.some(one => one.index >= start && one.index < value.end)
    if (isKnown || !isSecret(name.replace(/^-+/, ''), value.text) || isCode(name, value)) continue
    found ??= []
    found.push({ detector: `value of ${name}`, length: value.text.length, index: start })
    if (found.length >= most) break
  }
  return found ?? none
}

interface Value {
  readonly text: string
  readonly isQuoted: boolean
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
  if (inQuotes) return { text: inQuotes[1] ?? inQuotes[2] ?? '', isQuoted: true, end: quoted.lastIndex }
  bare.lastIndex = divider + 1
  const plain = bare.exec(text)
  if (!plain) return undefined
  after.lastIndex = bare.lastIndex
  if (isColon && !after.test(text)) return undefined
  return { text: plain[1] as string, isQuoted: false, end: bare.lastIndex }
}

function isComment(text: string, at: number): boolean {
  const start = text.lastIndexOf('\n', at - 1) + 1
  return /^\s*(?:#|\/\/|;|\*|<!--)/.test(text.slice(start, Math.min(at + 1, start + 200)))
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

/** What may be told of a credential: what it is and how long, never what it says. */
export function describeCredential({ detector, length }: Credential): string {
  return `${detector}, ${length} ${length === 1 ? 'character' : 'characters'}`
}
