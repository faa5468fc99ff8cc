// Objects of whole texts: YAML documents, JSON values and lists, with the failures among them.
import { describe, expect, test } from 'vitest'
import { readDocuments } from './read-documents.ts'

/** Each document in short: index, item, and kind and name or the failure's place and message. */
const read = (text: string): string[] =>
  Array.from(readDocuments(text), document => {
    const at = [document.index, ...document.item].join('.')
    if ('failure' in document) {
      const { line, column, message } = document.failure
      return `${at} ${line}:${column} ${message}`
    }
    const { apiVersion, kind, metadata } = document.object
    return `${at} line ${document.line} ${apiVersion} ${kind} ${(metadata as { name?: string } | undefined)?.name}`
  })

const object = (name: string, kind = 'Pod'): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}}\n`
const json = (name: string): string => JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name } })

describe('YAML', () => {
  test('documents count where they hold something, and begin after comments', () => {
    expect(
      read(`# licence\n\n---\n# only a comment\n---\n${object('a')}---\n---\n\n# b\n${object('b')}`),
    ).toEqual(['0 line 6 v1 Pod a', '1 line 13 v1 Pod b'])
    expect(read('')).toEqual([])
    expect(read('# nothing\n---\n')).toEqual([])
  })

  test('a broken document does not lose the others', () => {
    expect(
      read(`${object('a')}---\na: [\n---\n${object('b')}---x\n---\n%YAML 1.2\n---\n${object('c')}`),
    ).toEqual([
      '0 line 1 v1 Pod a',
      '1 6:1 a value is expected here',
      '2 line 7 v1 Pod b',
      '3 10:1 only a comment may follow --- in its line',
      '4 12:1 directives (%YAML, %TAG) are not read: kubectl refuses them too',
      '5 line 14 v1 Pod c',
    ])
  })

  test('what is no object is named', () => {
    expect(
      read(
        [
          '- a',
          'just text',
          '5',
          'kind: Pod',
          'apiVersion: v1',
          'a: 1',
          'apiVersion: 1\nkind: Pod',
          'apiVersion: ""\nkind: ~',
        ]
          .map(text => `${text}\n`)
          .join('---\n'),
      ),
    ).toEqual([
      '0 1:1 not a Kubernetes object: a list',
      '1 3:1 not a Kubernetes object: the text "just text"',
      '2 5:1 not a Kubernetes object: the number 5',
      '3 7:1 not a Kubernetes object: no apiVersion',
      '4 9:1 not a Kubernetes object: no kind',
      '5 11:1 not a Kubernetes object: no apiVersion and no kind',
      '6 13:1 not a Kubernetes object: apiVersion is the number 1, not text',
      '7 16:1 not a Kubernetes object: no apiVersion and no kind',
    ])
  })

  test('whole documents that do not claim to be objects are told from broken ones', () => {
    const foreign = (text: string): unknown[] =>
      Array.from(readDocuments(text), document => 'failure' in document && document.isForeign === true)
    expect(foreign('- a\n---\nkind: Pod\n---\na: 1\n')).toEqual([true, true, true])
    expect(foreign('a: ]\n---\napiVersion: 1\nkind: Pod\n')).toEqual([false, false])
    expect(foreign('apiVersion: v1\nkind: List\nitems: [{a: 1}]\n')).toEqual([false])
  })

  test('text that kubectl ignores is a failure beside the object', () => {
    expect(read(`${object('a')}...\n${object('b')}`)).toEqual([
      '0 line 1 v1 Pod a',
      '0 5:1 text after the end of the document is not read by kubectl',
    ])
  })

  test('CR LF and a byte order mark change nothing', () => {
    const text = `\ufeff${object('a')}---\n${object('b')}`
    expect(read(text.replaceAll('\n', '\r\n'))).toEqual(['0 line 1 v1 Pod a', '1 line 5 v1 Pod b'])
  })
})

describe('JSON', () => {
  test('values one after another, in one line or over many', () => {
    expect(read(`${json('a')}${json('b')}\n\n ${json('c')}`)).toEqual([
      '0 line 1 v1 Pod a',
      '1 line 1 v1 Pod b',
      '2 line 3 v1 Pod c',
    ])
  })

  test('separated by --- or followed by YAML', () => {
    expect(read(`${json('a')}\n---\n${json('b')}\n---\n${object('c')}`)).toEqual([
      '0 line 1 v1 Pod a',
      '1 line 3 v1 Pod b',
      '2 line 5 v1 Pod c',
    ])
  })

  test('YAML that looks like JSON at first', () => {
    expect(
      read('{apiVersion: v1, kind: Pod, metadata: {name: a},}\n---\n{"apiVersion": v1, kind: Pod}'),
    ).toEqual(['0 line 1 v1 Pod a', '1 line 3 v1 Pod undefined'])
  })

  test('a broken value is named with its place; those after it are read', () => {
    expect(read(`${json('a')}\n{"a": [1 2]}\n${json('b')}`)).toEqual([
      '0 line 1 v1 Pod a',
      '1 2:10 "," or "]" is expected, not "2"',
      '2 line 3 v1 Pod b',
    ])
    expect(read('{"a": 1\n')).toEqual(['0 2:1 "," or "}" is expected, not the end'])
    expect(read(`{"a": tru\n---\n${object('b')}`)).toEqual([
      '0 1:7 a value is expected, not "t"',
      '1 line 3 v1 Pod b',
    ])
    expect(read(`${json('a')}${json('b')}${json('c')} garbage`)).toEqual([
      '0 line 1 v1 Pod a',
      '1 line 1 v1 Pod b',
      '2 line 1 v1 Pod c',
      expect.stringContaining('a value is expected, not "g"'),
    ])
  })

  test('what JSON can say but Go cannot hold is no YAML either', () => {
    expect(read('{"apiVersion":"v1","kind":"A","x":1e999}')).toEqual(['0 1:1 a number is too large'])
  })

  test('after a byte order mark', () => {
    expect(read(`\ufeff${json('a')}${json('b')}`)).toEqual(['0 line 1 v1 Pod a', '1 line 1 v1 Pod b'])
  })

  test('halves of surrogate pairs become U+FFFD', () => {
    const [document] = readDocuments('{"apiVersion":"v1","kind":"A","x":"\\ud800 \\ud83d\\ude00 \\\\ud800"}')
    expect(document).toMatchObject({ object: { x: '\ufffd 😀 \\ud800' } })
  })
})

describe('lists', () => {
  const list = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Pod
  metadata: {name: a}
- a: 1
- apiVersion: v1
  kind: PodList
  items:
  - metadata: {name: b}
  -
`
  test('are taken apart, lists in lists too', () => {
    expect(read(`---\n${list}`)).toEqual([
      '0.items.0 line 5 v1 Pod a',
      '0.items.1 8:3 not a Kubernetes object: no apiVersion and no kind',
      '0.items.2.items.0 line 12 v1 Pod b',
      '0.items.2.items.1 13:4 not a Kubernetes object: empty',
    ])
  })

  test('without items', () => {
    expect(read('apiVersion: v1\nkind: List\nitems: []\n')).toEqual([])
    expect(read('apiVersion: v1\nkind: List\n---\napiVersion: v1\nkind: PodList\nitems:\n')).toEqual([])
    expect(read('apiVersion: v1\nkind: List\nitems: a\n')).toEqual([
      '0 1:1 items of a List must be a list, not the text "a"',
    ])
  })

  test('a kind may end in List and be none', () => {
    expect(
      read('apiVersion: acme.io/v1\nkind: AllowList\nmetadata: {name: a}\nspec: {items: [1]}\n'),
    ).toEqual(['0 line 1 acme.io/v1 AllowList a'])
  })

  test('an item that says only one of apiVersion and kind does not inherit the other', () => {
    expect(read('{"apiVersion":"v1","kind":"PodList","items":[{"kind":"Pod"}]}')).toEqual([
      '0.items.0 1:46 not a Kubernetes object: no apiVersion',
    ])
  })

  test('that nest without end are refused', () => {
    const nested = '{"apiVersion":"v1","kind":"List","items":['
    expect(read(`${nested.repeat(12)}${']}'.repeat(12)}`)).toEqual([
      expect.stringContaining('more than 10 lists stand in each other'),
    ])
  })
})

describe('duplicate keys', () => {
  test('are told with the object that has them', () => {
    const text =
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, kind: Node}\n- {apiVersion: v1, kind: Pod, spec: {a: 1, a: 2}}\n'
    const documents = Array.from(readDocuments(text))
    expect(documents).toMatchObject([
      { object: { kind: 'Node' }, duplicateKeys: [{ path: ['kind'], line: 4, column: 31 }] },
      { object: { spec: { a: 2 } }, duplicateKeys: [{ path: ['spec', 'a'], line: 5, column: 44 }] },
    ])
  })

  test('are found in JSON too', () => {
    const text = '{"apiVersion":"v1","kind":"A","x":{"a":1,\n"b":":","\\u0061":2}}'
    expect(Array.from(readDocuments(text))).toMatchObject([
      { object: { x: { a: 2, b: ':' } }, duplicateKeys: [{ path: ['x', 'a'], line: 2, column: 9 }] },
    ])
  })

  test('of a list itself are failures, since items may be lost', () => {
    const text = `apiVersion: v1\nkind: List\nitems:\n- ${json('a')}\nitems:\n- ${json('b')}\n`
    expect(read(text)).toEqual([
      '0.items.0 line 6 v1 Pod b',
      '0 5:1 the key items of a list comes twice: kubectl reads the last one only',
    ])
  })
})
