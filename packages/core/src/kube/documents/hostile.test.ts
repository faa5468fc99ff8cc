// Hostile texts: each ends in objects and failures with places, in bounded time and memory; nothing is thrown.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JsonStream } from './json-stream.ts'
import { type ReadDocument, readDocuments } from './read-documents.ts'

const decoder = new TextDecoder()

/** Reads a text by every reader, holds what comes out against what any reading must be, and returns it. */
function readAll(text: string): ReadDocument[] {
  const documents = Array.from(readDocuments(text))
  for (const document of documents) check(document, text)
  const stream = new JsonStream({ decode: bytes => decoder.decode(bytes) })
  const bytes = new TextEncoder().encode(text)
  const streamed = [
    ...stream.push(bytes.subarray(0, 99)),
    ...stream.push(bytes.subarray(99)),
    ...stream.end(),
  ]
  for (const document of streamed) if ('failure' in document) expect(document.failure.line).toBeGreaterThan(0)
  return documents
}

function check(document: ReadDocument, text: string): void {
  const lines = text.split('\n').length
  if ('failure' in document) {
    const { reason, message, line, column } = document.failure
    expect(reason).toBe('unparsable')
    expect(message).not.toBe('')
    expect(message.length).toBeLessThan(500)
    expect(line >= 1 && line <= lines + 1 && column >= 1).toBe(true)
    return
  }
  expect(JSON.parse(JSON.stringify(document.object))).toEqual(document.object)
  for (const place of document.locate([[], ['kind'], ['spec', 'containers', 0, 'name']])) {
    expect(place.line >= 1 && place.line <= lines && place.column >= 1).toBe(true)
  }
}

const head = 'apiVersion: v1\nkind: A\n'
const json = '{"apiVersion":"v1","kind":"A","a":'
const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('')

describe('what cannot be is a failure that says so', () => {
  test.each<[string, string, RegExp]>([
    ['brackets without end', `${head}a: ${'['.repeat(100_000)}`, /nested deeper than 500 levels/],
    ['braces without end', `{a: ${'{a: '.repeat(100_000)}`, /expected/],
    ['lists in lists', '- '.repeat(100_000), /nested deeper than 500 levels/],
    ['explicit keys', '? '.repeat(100_000), /a key cannot be/],
    [
      'mappings in mappings',
      times(2000, index => `${' '.repeat(index)}a:\n`),
      /nested deeper than 500 levels/,
    ],
    ['JSON objects without end', '{"a":'.repeat(100_000), /nested deeper/],
    ['JSON arrays', `${json}${'['.repeat(100_000)}${']'.repeat(100_000)}}`, /nested deeper than 500 levels/],
    [
      'a billion laughs',
      `${head}a0: &a0 [x, x]\n${times(40, index => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}, *a${index}]\n`)}`,
      /aliases make the document grow out of bounds/,
    ],
    [
      'a billion merges',
      `${head}a0: &a0 {x: 1}\n${times(60, index => `a${index + 1}: &a${index + 1} {x: {<<: *a${index}}, y: {<<: *a${index}}}\n`)}`,
      /aliases make the document grow out of bounds/,
    ],
    [
      'a long text many times',
      `${head}a: &a ${'x'.repeat(1_000_000)}\nb: [${'*a, '.repeat(90)}]\n`,
      /out of bounds/,
    ],
    [
      'nesting by aliases',
      `${head}a0: &a0 {x: 1}\n${times(9, index => `a${index + 1}: &a${index + 1} ${'['.repeat(90)}*a${index} ${']'.repeat(90)}\n`)}`,
      /nested deeper than 500 levels by/,
    ],
    ['NUL', `${head}a: \0\n`, /U\+0000 is not allowed/],
    ['binary', '\x7fELF\x02\x01\x01\0\0', /U\+007F is not allowed/],
    ['half a surrogate pair', `${head}a: \ud800\n`, /U\+D800 is not allowed/],
    ['UTF-16 read as UTF-8', '\ufffda\0p\0i\0', /U\+0000 is not allowed/],
    ['a number too large', `${json}${'1'.repeat(100_000)}}`, /a number is too large/],
  ])('%s', (_, text, message) => {
    const failures = readAll(text).flatMap(document =>
      'failure' in document ? [document.failure.message] : [],
    )
    expect(failures).toHaveLength(1)
    expect(failures[0]).toMatch(message)
  })

  test('of many failures in one document, a hundred are told and the rest counted', () => {
    for (const text of [
      `{"apiVersion":"v1","kind":"List","items":[${'1,'.repeat(5000)}1]}`,
      `apiVersion: v1\nkind: List\nitems:\n${'- 1\n'.repeat(5001)}`,
    ]) {
      const failures = readAll(text)
      expect(failures).toHaveLength(101)
      expect(failures[100]).toMatchObject({
        failure: { message: '4901 more items are no Kubernetes objects' },
      })
    }
  })

  test('of many duplicate keys, a hundred are told', () => {
    for (const text of [`${head}${'a: 1\n'.repeat(5000)}`, `${json}1${',"a":2'.repeat(5000)}}`])
      expect(readAll(text)).toMatchObject([{ duplicateKeys: { length: 100 } }])
  })
})

describe('what is large is read', () => {
  test.each<[string, string, unknown]>([
    ['one long line', `${head}a: ${'x'.repeat(5_000_000)}\n`, 'x'.repeat(5_000_000)],
    ['one long line of JSON', `${json}"${'x'.repeat(5_000_000)}"}`, 'x'.repeat(5_000_000)],
    ['many words', `${head}a: ${'x '.repeat(500_000)}\n`, 'x '.repeat(500_000).trim()],
    ['many lines', `${head}a:\n${'  x\n'.repeat(200_000)}`, 'x '.repeat(200_000).trim()],
    ['a block', `${head}a: |\n${'  x\n'.repeat(200_000)}`, 'x\n'.repeat(200_000)],
    ['escapes', `${head}a: "${'\\n'.repeat(200_000)}"\n`, '\n'.repeat(200_000)],
    ['empty lines', `${head}a: 1\n${'\n'.repeat(500_000)}`, 1],
    ['digits', `${head}a: 0x${'1'.repeat(100_000)}\n`, `0x${'1'.repeat(100_000)}`],
    ['zeros', `${head}a: ${'0'.repeat(100_000)}7\n`, 7],
    ['many aliases', `${head}x: &x v\na: [${'*x, '.repeat(20_000)}]\n`, Array(20_000).fill('v')],
    ['the deepest that may be', `${head}a: ${'['.repeat(499)}${']'.repeat(499)}\n`, expect.any(Array)],
  ])('%s', (_, text, value) => {
    expect(readAll(text)).toMatchObject([{ object: { a: value } }])
  })

  test('many documents, broken ones among them', () => {
    const text = times(3000, index => (index % 3 === 0 ? 'a: ]\n---\n' : `${head}a: ${index}\n---\n`))
    const documents = readAll(text)
    expect(documents).toHaveLength(3000)
    expect(documents.filter(document => 'failure' in document)).toHaveLength(1000)
  })
})

test('keys named like prototypes stay data, in YAML and in JSON', () => {
  for (const text of [
    `${head}__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\n`,
    `${json}1,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}`,
  ]) {
    const [document] = readDocuments(text)
    if (!document || 'failure' in document) throw new Error('not read')
    expect(Object.keys(document.object)).toContain('__proto__')
    expect(document.object.polluted).toBe(undefined)
    expect(({} as Record<string, unknown>).polluted).toBe(undefined)
  }
})

const manifest = `# a manifest with most of what YAML has
apiVersion: v1
kind: Pod
metadata:
  name: &name "web"
  labels: {app: *name, 'tier': front}
  annotations:
    text: |-
      several
        lines
    folded: >
      are
      joined
spec:
  defaults: &defaults
    privileged: yes
    capabilities: {drop: [ALL], add: []}
  containers:
  - name: one   # first
    securityContext:
      <<: *defaults
      runAsUser: 0644
  - {name: two, image: "a/b:\\u0031", ports: [{containerPort: 80}]}
---
{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"}}]}
---
apiVersion: v1
kind: ConfigMapList
items:
- data: {a: "1"}
- data:
    b: ~
`
const dump = JSON.stringify(
  {
    apiVersion: 'v1',
    kind: 'List',
    items: ['a', 'b"\\c', 'd'].map(name => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name } })),
  },
  null,
  1,
)

const scraps = [
  '\n',
  '  ',
  '\t',
  '- ',
  ': ',
  ':',
  '? ',
  '[',
  ']',
  '{',
  '}',
  ',',
  '#',
  '"',
  "'",
  '|',
  '>',
  '&a ',
  '*name',
  '!!int ',
  '<<: ',
  '---\n',
  '...\n',
  '\\',
  '\r',
  '\u0085',
  '\ufeff',
  '\0',
  '😀',
  '\ud800',
  '0x',
  '.inf',
  '%',
  '@',
]
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.integer({ min: 0, max: 12 }),
  scrap: fc.oneof(fc.constantFrom(...scraps), fc.constant('')),
})

test('damaged manifests and dumps: whatever is left is read or refused', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(manifest, dump),
      fc.array(edit, { minLength: 1, maxLength: 4 }),
      (text, edits) => {
        const damaged = edits.reduce((current, { at, cut, scrap }) => {
          const offset = Math.floor(at * current.length)
          return current.slice(0, offset) + scrap + current.slice(offset + cut)
        }, text)
        readAll(damaged)
      },
    ),
    { seed: 11, numRuns: 1500 },
  )
}, 60_000)
