// Objects of a JSON stream, however it is cut into chunks.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beginsLikeJson, JsonStream, type StreamedDocument } from './json-stream.ts'
import { readDocuments } from './read-documents.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const decoder = new TextDecoder()
const decode = (bytes: Uint8Array): string => decoder.decode(bytes)

/** Reads a text in chunks of the given size. */
function stream(text: string, chunkSize = 1 << 20, mostBytes?: number): StreamedDocument[] {
  const reader = new JsonStream(mostBytes === undefined ? { decode } : { decode, mostBytes })
  const bytes = encode(text)
  const documents: StreamedDocument[] = []
  for (let at = 0; at < bytes.length; at += chunkSize) {
    // The chunk is wiped after use, as a reader that uses one buffer again does.
    const chunk = bytes.slice(at, at + chunkSize)
    documents.push(...reader.push(chunk))
    chunk.fill(0)
  }
  return [...documents, ...reader.end()]
}

const short = (documents: readonly StreamedDocument[]): string[] =>
  documents.map(document => {
    const at = [document.index, ...document.item].join('.')
    if ('failure' in document) {
      const { line, column, message } = document.failure
      return `${at} ${line}:${column} ${message}`
    }
    const { kind, metadata } = document.object
    return `${at} line ${document.line} ${kind} ${(metadata as { name?: string } | undefined)?.name}`
  })

const read = (text: string): string[] => {
  const whole = short(stream(text))
  for (const size of [1, 2, 3, 7]) expect(short(stream(text, size))).toEqual(whole)
  return whole
}

const pod = (name: string): string => `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"${name}"}}`

describe('lists', () => {
  test('as kubectl writes them: the kind after the items', () => {
    expect(
      read(
        `{\n  "apiVersion": "v1",\n  "items": [\n    ${pod('a')},\n    ${pod('b')}\n  ],\n  "kind": "List"\n}\n`,
      ),
    ).toEqual(['0.items.0 line 4 Pod a', '0.items.1 line 5 Pod b'])
  })

  test('as the API server writes them: items without a kind', () => {
    const items = '[{"metadata":{"name":"a"}},{"metadata":{"name":"b"}}]'
    expect(
      read(`{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":${items}}`),
    ).toEqual(['0.items.0 line 1 Pod a', '0.items.1 line 1 Pod b'])
    expect(read(`{"items":${items},"kind":"PodList","apiVersion":"v1"}`)).toEqual([
      '0.items.0 line 1 Pod a',
      '0.items.1 line 1 Pod b',
    ])
  })

  test('that are empty', () => {
    for (const items of ['[]', '[ \n ]', 'null'])
      expect(read(`{"apiVersion":"v1","kind":"List","items":${items}}`)).toEqual([])
  })

  test('in lists', () => {
    const inner = `{"apiVersion":"v1","kind":"PodList","items":[{"metadata":{"name":"a"}},${pod('b')}]}`
    const documents = stream(`{"apiVersion":"v1","kind":"List","items":[${inner},${pod('c')}]}`)
    expect(short(documents)).toEqual([
      '0.items.0.items.0 line 1 Pod a',
      '0.items.0.items.1 line 1 Pod b',
      '0.items.1 line 1 Pod c',
    ])
    expect(documents[1]).toMatchObject({ extent: { offset: 42, path: ['items', 1] } })
  })

  test('whose items hold anything', () => {
    expect(read(`{"apiVersion":"v1","kind":"List","items":[1,"a,]",null,[{}], ${pod('a')} ]}`)).toEqual([
      '0.items.0 1:43 not a Kubernetes object: the number 1',
      '0.items.1 1:45 not a Kubernetes object: the text "a,]"',
      '0.items.2 1:51 not a Kubernetes object: empty',
      '0.items.3 1:56 not a Kubernetes object: a list',
      '0.items.4 line 1 Pod a',
    ])
  })

  test('a field named items elsewhere is no list', () => {
    expect(read('{"apiVersion":"v1","kind":"A","items":[{"a":1}],"metadata":{"name":"a"}}')).toEqual([
      '0 line 1 A a',
    ])
    expect(read('{"apiVersion":"v1","kind":"A","spec":{"items":[1]},"metadata":{"name":"items"}}')).toEqual([
      '0 line 1 A items',
    ])
    expect(read('{"items":[{"a":1}],"apiVersion":"v1","kind":"A"}')).toEqual([
      '0 1:1 items stand in what is no list: it has no kind that ends in List',
      '0.items.0 1:11 not a Kubernetes object: no apiVersion and no kind',
    ])
  })
})

describe('objects', () => {
  test('one after another', () => {
    expect(read(`${pod('a')}${pod('b')}\n\n  ${pod('c')}\n`)).toEqual([
      '0 line 1 Pod a',
      '1 line 1 Pod b',
      '2 line 3 Pod c',
    ])
  })

  test('with braces, quotes and escapes in their texts', () => {
    expect(read(`${pod('{\\"[\\\\')}${pod('\\\\\\"}')}${pod('é😀\\u00e9')}`)).toEqual([
      '0 line 1 Pod {"[\\',
      '1 line 1 Pod \\"}',
      '2 line 1 Pod é😀é',
    ])
  })

  test('tell where their text stands', () => {
    const text = `{"apiVersion":"v1","kind":"List","items":[\n  ${pod('é')},\n ${pod('b')}]}`
    const bytes = encode(text)
    for (const document of stream(text, 5)) {
      if ('failure' in document) throw new Error(document.failure.message)
      const { offset, length, place } = document.extent
      expect(JSON.parse(decode(bytes.slice(offset, offset + length)))).toEqual(document.object)
      expect(place).toEqual({ line: document.line, column: document.item[1] === 0 ? 3 : 2 })
    }
  })

  test('tell of duplicate keys', () => {
    const twice = '{"apiVersion":"v1","kind":"A",\n"a":{"b":1,"b":2}}'
    expect(stream(`{"apiVersion":"v1","kind":"List","items":[\n ${twice}]}`, 3)).toMatchObject([
      { object: { a: { b: 2 } }, duplicateKeys: [{ path: ['a', 'b'], line: 3, column: 12 }] },
    ])
    expect(read(`{"kind":"List","apiVersion":"v1","items":[${pod('a')}],"items":[${pod('b')}]}`)).toEqual([
      '0.items.0 line 1 Pod a',
      '0.items.0 line 1 Pod b',
      expect.stringContaining('the key items of a list comes twice'),
    ])
  })
})

describe('what is broken', () => {
  test('does not lose the others', () => {
    expect(
      read(
        `{"apiVersion":"v1","kind":"List","items":[${pod('a')},\n{"a":tru},\n${pod('b')}]}\n{"a" 1}${pod('c')}`,
      ),
    ).toEqual([
      '0.items.0 line 1 Pod a',
      '0.items.1 2:6 a value is expected, not "t"',
      '0.items.2 line 3 Pod b',
      '1 4:6 ":" is expected, not "1"',
      '2 line 4 Pod c',
    ])
  })

  test.each([
    [
      '{"apiVersion":"v1","items":[{"a":1},{"b"',
      '0 1:41 the JSON text ends before its last brace: it has been cut off',
    ],
    ['{"kind":"List', '0 1:14 the JSON text ends before its last brace: it has been cut off'],
    ['{"kind":"List","items":[{}}', '0 1:27 "," or "]" is expected here, not "}"'],
    ['garbage', '0 1:1 a JSON object is expected'],
    ['{"kind":"List","items":[{},]}', '0.items.1 1:28 an item is expected after ","'],
    ['{"kind":"List","items":[,{}]}', '0.items.0 1:25 an item is expected before ","'],
  ])('%j', (text, problem) => {
    expect(read(text)).toContain(problem)
  })

  test('what follows broken braces is not read', () => {
    expect(read(`${pod('a')} }${pod('b')}`)).toEqual([
      '0 line 1 Pod a',
      expect.stringContaining('a JSON object is expected'),
    ])
  })

  test('an object larger than the limit is named, and the others are read', () => {
    const large = pod('x'.repeat(2000))
    for (const size of [100, 1 << 20])
      expect(
        short(
          stream(`{"apiVersion":"v1","kind":"List","items":[${pod('a')},${large},${pod('b')}]}`, size, 1000),
        ),
      ).toEqual([
        '0.items.0 line 1 Pod a',
        expect.stringMatching(/^0\.items\.1 1:\d+ an object of 2\d+ bytes is too large to be read$/),
        '0.items.2 line 1 Pod b',
      ])
  })
})

test('reads what readDocuments reads, for any values and chunks', () => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        apiVersion: fc.constant('v1'),
        kind: fc.constantFrom('Pod', 'List', 'PodList'),
        items: fc.jsonValue(),
      },
      { requiredKeys: ['apiVersion', 'kind'] },
    ),
  )
  const lists = fc.record({
    apiVersion: fc.constant('v1'),
    kind: fc.constantFrom('List', 'PodList', 'Pod'),
    items: fc.array(value, { maxLength: 6 }),
  })
  fc.assert(
    fc.property(
      fc.array(lists, { maxLength: 3 }),
      fc.constantFrom(0, 2),
      fc.integer({ min: 1, max: 40 }),
      (all, indent, size) => {
        const text = all.map(list => JSON.stringify(list, null, indent)).join('\n')
        const expected = Array.from(readDocuments(text), document =>
          'failure' in document
            ? [document.item, document.failure.message]
            : [document.item, document.object, document.line],
        )
        const streamed = stream(text, size).map(document =>
          'failure' in document
            ? [document.item, document.failure.message]
            : [
                document.item,
                document.object,
                document.extent.path.length > 0 ? expect.any(Number) : document.line,
              ],
        )
        expect(expected).toEqual(streamed)
      },
    ),
    { seed: 7, numRuns: 300 },
  )
})

test('tells JSON by its first character', () => {
  expect(beginsLikeJson(encode(' \n{'))).toBe(true)
  expect(beginsLikeJson(encode('\ufeff{'))).toBe(true)
  expect(read(`\ufeff${pod('a')}`)).toEqual(['0 line 1 Pod a'])
  expect(beginsLikeJson(encode('a: {'))).toBe(false)
  expect(beginsLikeJson(encode(''))).toBe(false)
})
