// Places of values: a few by hand, and many held against the positions of the yaml library.
import fc from 'fast-check'
import { dump } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { isMap, isScalar, isSeq, type Node, parseDocument, type ToStringOptions } from 'yaml'
import type { PathSegments } from '../path.ts'
import { locate } from './locate.ts'
import { LineIndex } from './place.ts'
import { readDocuments } from './read-documents.ts'
import { readYaml } from './read-yaml.ts'
import { normalizeText } from './split-documents.ts'

function locateIn(text: string, paths: readonly PathSegments[], format: 'yaml' | 'json' = 'yaml') {
  const normalized = normalizeText(text)
  const lines = new LineIndex(normalized)
  return locate({ format, text: normalized, start: 0, end: normalized.length, lines }, paths)
}

/** A place in short: key → value, and how many segments were found. */
const short = (text: string, path: PathSegments, format?: 'yaml' | 'json'): string => {
  const [found] = locateIn(text, [path], format)
  if (!found) return 'nothing'
  const key = found.key ? `${found.key.line}:${found.key.column} → ` : ''
  return `${key}${found.line}:${found.column} (${found.found})`
}

const pod = `# a pod
apiVersion: v1
kind: Pod
metadata:
  annotations:
    "a.b/c": x
    'it''s': |
      spec:
        containers: none
    note: several
      lines no
spec: # what it is
  containers:
  - name: one
    securityContext: {privileged: yes, capabilities: {add: [ALL,
      SYS_ADMIN]}}
  -
    name: two
    command:
    - sh
    - -c
  volumes:
    - - deep
      - deeper
  nothing:
`

describe('by hand', () => {
  test.each<[PathSegments, string]>([
    [[], '2:1 (0)'],
    [['kind'], '3:1 → 3:7 (1)'],
    [['metadata', 'annotations', 'a.b/c'], '6:5 → 6:14 (3)'],
    [['metadata', 'annotations', "it's"], '7:5 → 7:14 (3)'],
    [['metadata', 'annotations', 'note'], '10:5 → 10:11 (3)'],
    [['spec'], '12:1 → 13:3 (1)'],
    [['spec', 'containers'], '13:3 → 14:3 (2)'],
    [['spec', 'containers', 0], '14:5 (3)'],
    [['spec', 'containers', 0, 'name'], '14:5 → 14:11 (4)'],
    [['spec', 'containers', 0, 'securityContext', 'privileged'], '15:23 → 15:35 (5)'],
    [['spec', 'containers', 0, 'securityContext', 'capabilities', 'add', 1], '16:7 (7)'],
    [['spec', 'containers', 1, 'name'], '18:5 → 18:11 (4)'],
    [['spec', 'containers', 1, 'command', 1], '21:7 (5)'],
    [['spec', 'volumes', 0, 1], '24:9 (4)'],
    [['spec', 'nothing'], '25:3 → 25:11 (2)'],
    [['spec', 'containers', 1, 'securityContext', 'privileged'], '18:5 (3)'],
    [['spec', 'containers', 2, 'name'], '13:3 → 14:3 (2)'],
    [['spec', 'hostNetwork'], '12:1 → 13:3 (1)'],
    [['kind', 'deeper'], '3:1 → 3:7 (1)'],
  ])('%j', (path, place) => {
    expect(short(pod, path)).toBe(place)
  })

  test('the last of equal keys is found, and keys are found by what they mean', () => {
    expect(short('a: 1\na: 2\n', ['a'])).toBe('2:1 → 2:4 (1)')
    expect(short('yes: 1\n0x10: 2\n', ['true'])).toBe('1:1 → 1:6 (1)')
    expect(short('yes: 1\n0x10: 2\n', ['16'])).toBe('2:1 → 2:7 (1)')
  })

  test('through anchors, aliases and merges', () => {
    const text = 'x: &x\n  a: {b: 1}\n  c: 2\nv: *x\nz:\n  <<: *x\n  c: 3\nw: {<<: [{d: 4}, *x]}\n&k k: 5\n'
    expect(short(text, ['v'])).toBe('4:1 → 4:4 (1)')
    expect(short(text, ['v', 'a', 'b'])).toBe('2:7 → 2:10 (3)')
    expect(short(text, ['z', 'a'])).toBe('2:3 → 2:6 (2)')
    expect(short(text, ['z', 'c'])).toBe('7:3 → 7:6 (2)')
    expect(short(text, ['w', 'd'])).toBe('8:11 → 8:14 (2)')
    expect(short(text, ['w', 'c'])).toBe('3:3 → 3:6 (2)')
    expect(short('a: &a k\n*a : 1\n', ['k'])).toBe('2:1 → 2:6 (1)')
    expect(short('a: {<<: {b: 1}, c: 2}\n', ['a', 'b'])).toBe('1:10 → 1:13 (2)')
  })

  test('after anchors and tags', () => {
    expect(short('a: &x !!str\n  5\nb: !!map\n  c: 1\n', ['a'])).toBe('1:1 → 2:3 (1)')
    expect(short('a: &x !!str\n  5\nb: !!map\n  c: 1\n', ['b'])).toBe('3:1 → 4:3 (1)')
  })

  test('in JSON', () => {
    const text = '{\n  "a": {"b": [1, {"c\\n": true}]},\n  "a2": "x"\n}'
    expect(short(text, ['a', 'b', 1, 'c\n'], 'json')).toBe('2:19 → 2:26 (4)')
    expect(short(text, ['a2'], 'json')).toBe('3:3 → 3:9 (1)')
    expect(short(text, ['a', 'b', 2], 'json')).toBe('2:9 → 2:14 (2)')
  })

  test('inside an item of a list, from the item', () => {
    const item = (name: string): string => `- apiVersion: v1\n  kind: Pod\n  metadata: {name: ${name}}\n`
    const list = `apiVersion: v1\nkind: List\nitems:\n${item('a')}${item('b')}`
    for (const text of [list, list.replace('{name: a}', '&m {name: a}').replace('{name: b}', '*m')]) {
      const second = Array.from(readDocuments(`---\n${text}`))[1]
      if (!second || 'failure' in second) throw new Error('no second item')
      expect(second.item).toEqual(['items', 1])
      expect(second.line).toBe(8)
      expect(second.locate([['kind'], ['metadata'], ['spec']])).toEqual([
        { line: 9, column: 9, key: { line: 9, column: 3 }, found: 1 },
        { line: 10, column: 13, key: { line: 10, column: 3 }, found: 1 },
        { line: 8, column: 3, found: 0 },
      ])
    }
  })
})

/** All paths of a value that lead somewhere. */
function pathsOf(value: unknown, at: PathSegments = []): PathSegments[] {
  if (typeof value !== 'object' || value === null) return [at]
  const children = Array.isArray(value)
    ? value.map((child, index) => [index, child] as const)
    : Object.entries(value)
  return [at, ...children.flatMap(([key, child]) => pathsOf(child, [...at, key]))]
}

/** The yaml library's opinion: offsets of key and value. */
function offsetsOf(root: Node | null, path: PathSegments): { key?: number; value: number | undefined } {
  let node: unknown = root
  let key: number | undefined
  for (const segment of path) {
    if (isMap(node)) {
      const pair = node.items.find(item => isScalar(item.key) && String(item.key.value) === segment)
      key = (pair?.key as Node | undefined)?.range?.[0]
      node = pair?.value
    } else if (isSeq(node)) {
      key = undefined
      node = node.items[segment as number]
    }
  }
  const value = (node as Node | null | undefined)?.range?.[0]
  return key === undefined ? { value } : { key, value }
}

const key = fc.oneof(
  fc.constantFrom(
    'name',
    'spec',
    'containers',
    'a.b/c',
    'with space',
    '0',
    "it's",
    '"q"',
    '#',
    '- a',
    'é😀',
    '',
    'a: b',
    '<',
    '__proto__',
  ),
  fc.string({ maxLength: 8, unit: 'grapheme' }),
)
const scalar = fc.oneof(
  fc.constantFrom(
    'text',
    '',
    'yes',
    '0644',
    'a # b',
    'several words here',
    'two\nlines',
    'end\n\n',
    '  indented\nx',
    'a: b',
    '{x',
    "it's",
  ),
  fc.string({ maxLength: 30 }),
  fc.integer(),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)
const { tree } = fc.letrec<{ tree: unknown }>(tie => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 5 }),
  ),
}))
const root = fc.dictionary(key, tree, { minKeys: 1, maxKeys: 6 })

const yamlOptions: fc.Arbitrary<ToStringOptions> = fc.record({
  indent: fc.constantFrom(1, 2, 4),
  indentSeq: fc.boolean(),
  blockQuote: fc.constantFrom<(boolean | 'folded' | 'literal')[]>(true, false, 'folded', 'literal'),
  collectionStyle: fc.constantFrom<('any' | 'block' | 'flow')[]>('any', 'block', 'flow'),
  defaultStringType: fc.constantFrom<
    ('PLAIN' | 'QUOTE_DOUBLE' | 'QUOTE_SINGLE' | 'BLOCK_LITERAL' | 'BLOCK_FOLDED')[]
  >('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
  lineWidth: fc.constantFrom(0, 20, 80),
})

/** A document in one of the forms that people and tools write. */
const written = fc.oneof(
  fc.tuple(root, yamlOptions).map(([value, options]) => {
    const document = parseDocument('')
    document.contents = document.createNode(value) as never
    return document.toString(options)
  }),
  fc
    .tuple(root, fc.constantFrom(2, 4), fc.boolean(), fc.constantFrom(-1, 1, 2), fc.constantFrom(-1, 20, 80))
    .map(([value, indent, seqNoIndent, flowLevel, lineWidth]) =>
      dump(value, { indent, seqNoIndent, flowLevel, lineWidth }),
    ),
  fc.tuple(root, fc.constantFrom(0, 2, '\t')).map(([value, indent]) => JSON.stringify(value, null, indent)),
)

test('equals the positions of the yaml library, wherever both read a text alike', () => {
  let compared = 0
  fc.assert(
    fc.property(written, text => {
      const document = parseDocument(text, { version: '1.1', schema: 'core', uniqueKeys: false })
      const reading = readYaml(text)
      fc.pre(document.errors.length === 0 && !('failure' in reading))
      if ('failure' in reading) return
      // Both must find the same structure; where only readings of scalars differ, places do not.
      fc.pre(pathsOf(reading.value).join('|') === pathsOf(document.toJS()).join('|'))
      const paths = pathsOf(reading.value)
      const lines = new LineIndex(text)
      const expected = paths.map(path => {
        const { key: at, value } = offsetsOf(document.contents, path)
        return {
          ...lines.at(value ?? 0),
          ...(at === undefined ? {} : { key: lines.at(at) }),
          found: path.length,
        }
      })
      expect(locateIn(text, paths)).toEqual(expected)
      compared++
    }),
    { seed: 20_240, numRuns: 150 },
  )
  expect(compared).toBeGreaterThan(90)
}, 60_000)

test('JSON places equal those of the same text read as YAML', () => {
  fc.assert(
    fc.property(root, fc.constantFrom(0, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      fc.pre(!('failure' in readYaml(text)))
      const paths = [...pathsOf(value), ['no', 'such', 'path']]
      expect(locateIn(text, paths, 'json')).toEqual(locateIn(text, paths))
    }),
    { seed: 20_241, numRuns: 100 },
  )
}, 60_000)
