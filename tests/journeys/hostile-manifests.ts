// Hostile manifests: a seeded supply of damaged files, for journeys that scan them.

import { random } from '../../bench/random.ts'

/** A pod that every scan must find, whatever stands beside it. */
export const planted = `apiVersion: v1
kind: Pod
metadata: {name: planted, namespace: shop}
spec:
  containers:
    - name: app
      image: registry.example.com/app:1.4.2
      securityContext: {privileged: true}
`

/** Files made of one sound manifest by a few changes each: bytes, cuts, lines and their indentation; the same for the same seed. */
export function damaged(manifest: Buffer, count: number, seed: number): Buffer[] {
  const { below, pick, chance } = random(seed)
  const lines = manifest.toString('utf8').split('\n')

  const flipBytes = () => {
    const bytes = Buffer.from(manifest)
    for (let i = 0; i <= below(3); i++) bytes[below(bytes.length)] = chance(0.5) ? 32 + below(95) : below(256)
    return bytes
  }
  const cut = () => manifest.subarray(0, below(manifest.length))
  const editLines = () => {
    const edited = [...lines]
    for (let i = 0; i <= below(3); i++) {
      const at = below(edited.length)
      const line = edited[at] ?? ''
      pick([
        () => edited.splice(at, 1),
        () => edited.splice(at, 0, line),
        () => edited.splice(at, 1, edited[below(edited.length)] ?? ''),
        () => edited.splice(at, 1, ' '.repeat(below(9)) + line.trimStart()),
        () => edited.splice(at, 1, line.replace('  ', '\t')),
        () =>
          edited.splice(at, 1, `${line} ${pick(['&a', '*a', '{', ']', '"', '|', '? ', '!!binary x', ': '])}`),
      ])()
    }
    return Buffer.from(edited.join('\n'))
  }
  const endLines = () => Buffer.from(lines.join(pick(['\r\n', '\r', '\n\n', '\n\t', '\u0085'])))
  return Array.from({ length: count }, () => pick([flipBytes, cut, editLines, editLines, endLines])())
}

const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'
const object = (fields: string) => `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},${fields}}`
const tenTimes = (name: string) => Array.from({ length: 10 }, () => `*${name}`).join(',')
const laughs = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${tenTimes(`a${i}`)}]\n`).join('')

/** Texts that cannot be read, by file name, with what is said of each: line and column of the place, and why. */
export const unreadable: Readonly<Record<string, readonly [text: string | Buffer, told: RegExp]>> = {
  'brackets.yaml': [`${head}a: ${'['.repeat(100_000)}`, /:4:503: nested deeper than 500 levels$/],
  'brackets.json': [
    object(`"a":${'['.repeat(100_000)}${']'.repeat(100_000)}`),
    /:1:\d+: nested deeper than 500/,
  ],
  'lists.yaml': ['- '.repeat(100_000), /:1:\d+: nested deeper than 500 levels$/],
  'laughs.yaml': [`${head}a0: &a0 [x]\n${laughs}`, /:\d+:\d+: aliases make the document grow out of bounds$/],
  'itself.yaml': [`${head}a: &a [*a]\n`, /:4:\d+: /],
  'elf.yaml': [Buffer.from('7f454c46020101000000', 'hex'), /:1:8: it is no text: it holds a NUL byte$/],
  'nul.yaml': [`${head}a: \0\n`, /:4:4: it is no text: it holds a NUL byte$/],
  'latin.yaml': [Buffer.from(`${head}a: caf\xe9\n`, 'latin1'), /:4:7: it is not UTF-8 text$/],
  'tab.yaml': [`${head}a:\n\tb: c\n`, /:5:1: a tab cannot indent$/],
  'open.yaml': [`${head}a: "b\n`, /:4:4: the quote is never closed$/],
  'open.json': [object('"a":[1,2'), /:1:\d+: /],
  'number.yaml': [`${head}spec: ${'9'.repeat(400)}e999\n---\na: [`, /:7:1: a value is expected here$/],
  'number.json': [object(`"spec":{"a":${'9'.repeat(400)}}`), /:1:\d+: a number is too large$/],
  'version.json': [
    '{"apiVersion":1,"kind":"Pod"}',
    /:1:1: not a Kubernetes object: apiVersion is the number 1/,
  ],
  'metadata.json': [
    '{"apiVersion":"v1","kind":"Pod","metadata":[]}',
    /:1: the metadata of a Pod must be a mapping$/,
  ],
  'items.json': ['{"apiVersion":"v1","kind":"List","items":{}}', /:1:1: items of a List must be a list/],
}

const spec = (fields: string) => object(`"spec":{"containers":[{"name":"c","image":"x"}],${fields}}`)

/** Objects that can be read and that no API server could decode, with the field that is named. */
export const undecodable: Readonly<Record<string, readonly [text: string, told: RegExp]>> = {
  'a-name.json': [
    '{"apiVersion":"v1","kind":"Pod","metadata":{"name":7},"spec":{}}',
    /metadata\.name must be a string, not 7/,
  ],
  'a-label.json': [
    spec('"a":1').replace('"name":"a"', '"labels":{"x":{}}'),
    /metadata\.labels\.x must be a string/,
  ],
  'a-number.json': [spec('"hostNetwork":1e308'), /spec\.hostNetwork must be true or false/],
  'a-list.json': [spec('"volumes":{}'), /spec\.volumes must be a list/],
  'large.json': [spec('"terminationGracePeriodSeconds":1e300'), /must be a number of 64 bits/],
  'no-spec.json': [
    '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}',
    /spec must be an object, not missing/,
  ],
}

/** An object whose every name tries to speak to the terminal, or to break out of a line, a table or a page. */
export const speaking = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: '\u001b[2J\u001b]0;owned\u0007\nerror: all is well\r',
    namespace: '</script><img src=x onerror=alert(1)>\u009b31m',
    annotations: { ['__proto__']: 'x', constructor: 'y', '\u202e': '\u2028' },
  },
  spec: {
    hostNetwork: true,
    nodeSelector: { ['__proto__']: 'x' },
    containers: [
      {
        name: '|`=cmd\u001b[1m\t\u0000"]]>',
        image: '\u001b[31mred\n---\n# x',
        securityContext: { privileged: true },
        resources: { limits: { toString: '1' } },
      },
    ],
  },
})
