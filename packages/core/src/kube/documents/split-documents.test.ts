// Where kubectl cuts a text into documents: facts of k8s.io/apimachinery/pkg/util/yaml.
import { expect, test } from 'vitest'
import { normalizeText, splitDocuments } from './split-documents.ts'

const split = (text: string): string[] => {
  const normalized = normalizeText(text)
  return Array.from(
    splitDocuments(normalized),
    ({ start, end, problem }) => (problem === undefined ? '' : '!') + normalized.slice(start, end),
  )
}

test.each<[string, string[]]>([
  ['', ['\n']],
  ['a: 1', ['a: 1\n']],
  ['a: 1\n---\nb: 2\n', ['a: 1\n', 'b: 2\n']],
  ['---\na: 1\n---\n', ['---\na: 1\n']],
  ['--- # first\na: 1\n---   \n---\nb: 2', ['--- # first\na: 1\n', '---\nb: 2\n']],
  ['a: |\n  x\n---\n  y\n', ['a: |\n  x\n', '  y\n']],
  ['a: "x\n---\ny"\n', ['a: "x\n', 'y"\n']],
  [' ---\na: 1\n', [' ---\na: 1\n']],
  ['a: 1\r\n---\r\nb: 2\r\n', ['a: 1\n', 'b: 2\n']],
  ['a: 1\n---b: 2\n---\nc: 3\n', ['a: 1\n', '!---b: 2\n', 'c: 3\n']],
  ['--- a: 1\nb: 2\n', ['!--- a: 1\nb: 2\n']],
  ['----\n----\n', ['!----\n', '!----\n']],
  ['\ufeff---\na: 1\n---\nb: 2\n', ['---\na: 1\n', 'b: 2\n']],
  ['a: 1\n---\n\ufeff---\nb: 2\n', ['a: 1\n', '\ufeff---\nb: 2\n']],
  ['a: 1\n...\n---\nb: 2\n', ['a: 1\n...\n', 'b: 2\n']],
])('%j', (text, documents) => {
  expect(split(text)).toEqual(documents)
})

test('begins at an offset, as if the text began there', () => {
  expect(Array.from(splitDocuments('{}---\na: 1\n---\n', 2))).toEqual([{ start: 2, end: 11 }])
  expect(Array.from(splitDocuments('{}---x\na: 1\n', 2))).toMatchObject([
    { start: 2, end: 12, problem: expect.any(String) },
  ])
  expect(Array.from(splitDocuments('{}a\n---\n', 2))).toEqual([{ start: 2, end: 4 }])
})

test('normalized text ends in a line feed and has no CR LF and no byte order mark', () => {
  expect(normalizeText('\ufeff{}')).toBe('{}\n')
  expect(normalizeText('a\r\nb\rc\r\r\nd')).toBe('a\nb\rc\r\nd\n')
  expect(normalizeText('a\n')).toBe('a\n')
})
