// What one YAML document means: facts of sigs.k8s.io/yaml 1.6, which kubectl and the API server read with.
import { describe, expect, test } from 'vitest'
import { readYaml } from './read-yaml.ts'

const refused = Symbol('refused')

function read(text: string): unknown {
  const reading = readYaml(text)
  return 'failure' in reading ? refused : reading.value
}

/** The readings that differ from what is expected, so that a failing table names all of them. */
function differences(
  expected: readonly (readonly [string, unknown])[],
  meaning: (text: string) => unknown,
): unknown[] {
  return expected
    .map(([text, value]) => ({ text, value, read: meaning(text) }))
    .filter(
      ({ value, read }) => JSON.stringify([value]) !== JSON.stringify([read]) || typeof value !== typeof read,
    )
}

const asValue = (text: string): unknown => {
  const value = read(`v: ${text}\n`)
  return value === refused ? refused : (value as { v: unknown }).v
}

const asKey = (text: string): unknown => {
  const value = read(`${text}: v\n`)
  return value === refused ? refused : Object.keys(value as object)[0]
}

const words = (text: string): string[] => text.trim().split(/\s+/)
/** A table of texts, each followed by what it means. */
const pairs = (table: string): (readonly [string, string])[] => {
  const all = words(table)
  return all.flatMap((word, index) => (index % 2 === 0 ? [[word, all[index + 1] as string] as const] : []))
}

const truths = words('y Y yes Yes YES true True TRUE on On ON')
const lies = words('n N no No NO false False FALSE off Off OFF')
const nulls = words('~ null Null NULL')
const texts = words(`
  yEs nO oN oFF tRUE fALSE nULL True. yes,no 0o 0o8 0x 0xg 0b2 0b 0B-1 -0b-1 _1 -_ 1e e3 .5_ ._5 . .. 1..2 1.2.3 1,000
  0x1p4 1e400 -1e400 .5e400 .iNf .nAn inf -Inf nan infinity 0x10000000000000000 +0x8000000000000000
  -0x8000000000000001 12:30 12:30:45 190:20:30.15 1:1 2020-01-01 2020-1-1 2020-01-01T00:00:00Z 2020-13-01
  2001-12-14t21:59:43.10-05:00 = -a ?a :a a:b x#y a" it's + 1+1 1-1 5m 500Mi v1 1.2.3.4 10.0.0.0/8 http://x/y?z=1 é 😀
  １２ constructor toString
`)
const integers = pairs(`
  0 0  -0 0  +0 0  00 0  1 1  -1 -1  +1 1  0644 420  010 8  0o17 15  0O17 15  0x1F 31  0X1f 31  -0x10 -16  +0x10 16
  0b101 5  0B11 3  -0b11 -3  +0b11 3  0b-1 -1  0b+101 5  1_000 1000  1__0 10  +_1 1  0_644 420  0x_1F 31  1_ 1
  9007199254740991 9007199254740991
`)
const floats = pairs(`
  08 8  09 9  1e3 1000  1E3 1000  1e+3 1000  1e-3 0.001  1. 1  .5 0.5  +.5 0.5  -.5 -0.5  .5e3 500  .5_0 0.5  1.5 1.5
  1_0.5_0 10.5  1.5e3 1500  1.50 1.5  1e-400 0  0.0 0  00.5 0.5
`)

describe('plain scalars', () => {
  test('as values', () => {
    expect(
      differences(
        [
          ...truths.map(word => [word, true] as const),
          ...lies.map(word => [word, false] as const),
          ...nulls.map(word => [word, null] as const),
          ...texts.map(word => [word, word] as const),
          ...[...integers, ...floats].map(([text, value]) => [text, Number(value)] as const),
          ['', null],
          ['-0.0', 0],
          ['<<', '<<'],
        ],
        asValue,
      ),
    ).toEqual([])
  })

  test('numbers beyond 2^53 become the nearest number', () => {
    const large = pairs(`
      9007199254740993 9007199254740992  9223372036854775807 9223372036854775807
      9223372036854775808 9223372036854775808  18446744073709551615 18446744073709551615
      18446744073709551616 18446744073709551616  -9223372036854775808 -9223372036854775808
      -9223372036854775809 -9223372036854775809  0xFFFFFFFFFFFFFFFF 18446744073709551615
      -0x8000000000000000 -9223372036854775808  01777777777777777777777 18446744073709551615
      02000000000000000000000 2e21
    `)
    expect(
      differences(
        large.map(([text, value]) => [text, Number(value)]),
        asValue,
      ),
    ).toEqual([])
  })

  test('as keys', () => {
    expect(
      differences(
        [
          ...truths.map(word => [word, 'true'] as const),
          ...lies.map(word => [word, 'false'] as const),
          ...nulls.map(word => [word, refused] as const),
          ...texts.map(word => [word, word] as const),
          ...[...integers, ...floats],
          ...pairs(`
            -0.0 -0  .inf .inf  .Inf .inf  +.INF .inf  -.inf -.inf  .NaN .nan  9007199254740993 9007199254740993
            9223372036854775807 9223372036854775807  -9223372036854775808 -9223372036854775808
            18446744073709551616 1.8446744e+19  1e6 1e+06  1e21 1e+21  3.4e39 .inf  123456789.125 1.2345679e+08
            100000.5 100000.5  0.0001 0.0001  0.00001 1e-05  -1.5e-7 -1.5e-07  16777217.5 1.6777218e+07  0.1 0.1
            "yes" yes  'null' null  "" ""
          `).map(([text, key]) => [text, key === '""' ? '' : key] as const),
          ['9223372036854775808', refused],
          ['18446744073709551615', refused],
          ['', refused],
          ['a b', 'a b'],
          ['__proto__', '__proto__'],
        ],
        asKey,
      ),
    ).toEqual([])
  })

  test('what JSON cannot carry or YAML cannot begin with is refused', () => {
    const bad = words('.inf .Inf +.INF -.inf .nan .NaN - *a @a `a %a "a \'a [a {a')
    const more = ['a: b', '- a', 'a\u0007', 'a\u0000', 'a\u007f', 'a\ud800', 'a\uffff']
    expect(
      differences(
        [...bad, ...more].map(text => [text, refused]),
        asValue,
      ),
    ).toEqual([])
  })
})

describe('other scalars', () => {
  test('quoted, over lines and in blocks', () => {
    expect(
      differences(
        [
          ['"yes"', 'yes'],
          ["'0644'", '0644'],
          ['"a\\nb"', 'a\nb'],
          ['"\\x41\\u0042\\U00000043"', 'ABC'],
          ['"\\e\\a\\0\\_\\N\\L\\P"', '\x1b\x07\0\xa0\x85\u2028\u2029'],
          ["'it''s'", "it's"],
          ['"a\n  b"', 'a b'],
          ["'a\n\n  b'", 'a\nb'],
          ['"a \\\n  b"', 'a b'],
          ['a\n  b', 'a b'],
          ['a\n\n  b', 'a\nb'],
          ['a # b', 'a'],
          ['"a"#b', 'a'],
          ['a\tb', 'a\tb'],
          ['\ta', 'a'],
          ['a\u00a0b', 'a\u00a0b'],
          ['a\u2028  b', 'a\u2028b'],
          ['a\u0085  b', 'a b'],
          ['\ufeffa', '\ufeffa'],
          ['|\n  a\n  b', 'a\nb\n'],
          ['|-\n  a\n', 'a'],
          ['|+\n  a\n\n', 'a\n\n\n'],
          ['|2\n    a', '  a\n'],
          ['|2-\n    a', '  a'],
          ['| # c\n  # a', '# a\n'],
          ['>\n  a\n  b\n\n  c\n   d\n  e', 'a b\nc\n d\ne\n'],
          ['"\\q"', refused],
          ['"\\/"', refused],
          ['"\\ud83d\\ude00"', refused],
          ['"a" b', refused],
          ['|0\n  a', refused],
          ['| a', refused],
          ['|\n \ta', refused],
        ],
        asValue,
      ),
    ).toEqual([])
  })

  test('with tags', () => {
    expect(
      differences(
        [
          ['!!str 1', '1'],
          ['!!str', ''],
          ['!!int "0x1f"', 31],
          ['!!int 1.5', refused],
          ['!!int', refused],
          ['!!float 1', 1],
          ['!!float 18446744073709551615', refused],
          ['!!float .inf', refused],
          ['!!bool "no"', false],
          ['!!bool 1', refused],
          ['!!null ""', null],
          ['!!null x', refused],
          ['!!binary aGk=', 'hi'],
          ['!!binary "8J+YgA=="', '😀'],
          ['!!binary gIE=', '\ufffd\ufffd'],
          ['!!binary 7aCA', '\ufffd\ufffd\ufffd'],
          ['!!binary |\n  aG\n  k=', 'hi'],
          ['!!binary aGk', refused],
          ['!!binary a*k=', refused],
          ['!!timestamp 2020-01-01', '2020-01-01'],
          ['!!timestamp 2020-01-01T01:02:03.5+02:00', '2020-01-01T01:02:03.5+02:00'],
          ['!!timestamp 2020-02-30', refused],
          ['!!timestamp 2020-01-01T01:02:03', refused],
          ['!!set {a}', { a: null }],
          ['!!map [a]', ['a']],
          ['!!seq a', 'a'],
          ['!local yes', 'yes'],
          ['! 1', '1'],
          ['! "1"', '1'],
          ['!<tag:yaml.org,2002:int> 5', 5],
          ['!!in%74 5', 5],
          ['!<> 5', refused],
          ['!e!x 5', refused],
          ['!!% 5', refused],
          ['&a 1', 1],
          ['&a', null],
          ['&a &b 1', refused],
          ['&a.b x', refused],
        ],
        asValue,
      ),
    ).toEqual([])
  })

  test('in flow collections', () => {
    expect(
      differences(
        [
          ['[yes, 010, a b, "c"]', [true, 8, 'a b', 'c']],
          ['[a, b: c]', ['a', { b: 'c' }]],
          ['[? a : b]', [{ a: 'b' }]],
          ['[a,]', ['a']],
          ['[,]', refused],
          ['[a,,b]', refused],
          ['{a: 1}', { a: 1 }],
          ['{a:1}', { 'a:1': null }],
          ['{"a":1}', { a: 1 }],
          ['{a: , b}', { a: null, b: null }],
          ['{u: x?y}', refused],
          ['[[a], {b: [c]}]', [['a'], { b: ['c'] }]],
          ['[a,\n# c\n  b]', ['a', 'b']],
          ['{a\n: b}', refused],
        ],
        asValue,
      ),
    ).toEqual([])
  })
})

describe('documents', () => {
  test('of any form', () => {
    expect(read('')).toBe(null)
    expect(read('# nothing\n\n')).toBe(null)
    expect(read('---\n...\n')).toBe(null)
    expect(read('yes')).toBe(true)
    expect(read('- a\n- - b\n  - c: 1\n    d: 2\n-\n')).toEqual(['a', ['b', { c: 1, d: 2 }], null])
    expect(read('a:\n- 1\n-\n  b: 2\nc:\n  - 3\n')).toEqual({ a: [1, { b: 2 }], c: [3] })
    expect(read('? a\n: b\n? c\n')).toEqual({ a: 'b', c: null })
    expect(read('\ufeffa: 1\r\nb: 2\r\n')).toEqual({ a: 1, b: 2 })
    expect(read('!!map\na: &x !!str 1\n&y b: *x\n*y : 3\n')).toEqual({ a: '1', b: 3 })
  })

  test('merge keys where they stand: what comes later counts', () => {
    const base = 'x: &x {a: 1, b: 1}\ny: &y {b: 2}\n'
    const merged = (text: string): unknown => (read(`${base}v: ${text}\n`) as { v: unknown }).v
    expect(merged('{<<: *x, b: 3}')).toEqual({ a: 1, b: 3 })
    expect(merged('{b: 3, <<: *x}')).toEqual({ a: 1, b: 1 })
    expect(merged('{<<: [*y, *x]}')).toEqual({ a: 1, b: 2 })
    expect(merged('{<<: {c: 1}}')).toEqual({ c: 1 })
    expect(merged('{"<<": 1}')).toEqual({ '<<': 1 })
    expect(merged('{&k <<: *x, c: *k}')).toEqual({ a: 1, b: 1, c: '<<' })
    for (const wrong of ['{<<: 1}', '{<<: [1]}', '{<<: [[*x]]}', '{<<: }'])
      expect(read(`${base}v: ${wrong}\n`)).toBe(refused)
  })

  test('aliases are copies, never shared', () => {
    const value = read('a: &a {b: [1]}\nc: *a\nd: [*a, *a]\ne: {<<: *a}\n') as Record<string, unknown>
    const seen = new Set<unknown>()
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return
      expect(seen.has(node)).toBe(false)
      seen.add(node)
      for (const child of Object.values(node)) visit(child)
    }
    visit(value)
    expect(value).toEqual({ a: { b: [1] }, c: { b: [1] }, d: [{ b: [1] }, { b: [1] }], e: { b: [1] } })
  })

  test('names of prototypes are keys like others', () => {
    const text =
      '__proto__: {polluted: 1}\nconstructor: 2\nhasOwnProperty: 3\na: {__proto__: 4}\nb: &b {__proto__: 5}\nc: *b\n'
    const value = read(text) as Record<string, unknown>
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'hasOwnProperty', 'a', 'b', 'c'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(Object.getOwnPropertyDescriptor(value.c, '__proto__')?.value).toBe(5)
    expect(({} as Record<string, unknown>).polluted).toBe(undefined)
  })

  test('the last of equal keys counts, and each later one is reported', () => {
    const reading = readYaml('a: 1\nb:\n  - {c: 1, "c": 2}\na: 3\n1: x\n"1": z\n? a\n: 4\n')
    expect(reading).toEqual({
      value: { '1': 'z', a: 4, b: [{ c: 2 }] },
      duplicateKeys: [
        { path: ['b', 0, 'c'], line: 3, column: 12 },
        { path: ['a'], line: 4, column: 1 },
        { path: ['1'], line: 6, column: 1 },
        { path: ['a'], line: 7, column: 3 },
      ],
    })
  })

  test('a merged key is no duplicate, one written twice beside a merge is', () => {
    const reading = readYaml(
      'x: &x {a: 1}\nv: {<<: *x, a: 2, <<: *x}\nw: {a: 1, <<: *x, a: 2, toString: 3}\n',
    )
    expect(reading).toMatchObject({ duplicateKeys: [{ path: ['w', 'a'], line: 3 }] })
  })

  test('text after the end of the document is told of', () => {
    expect(readYaml('a: 1\n...\n# c\n...\n')).toEqual({ value: { a: 1 }, duplicateKeys: [] })
    expect(readYaml('a: 1\n...\n# c\nb: 2\n')).toEqual({
      value: { a: 1 },
      duplicateKeys: [],
      ignoredFrom: { line: 4, column: 1 },
    })
  })

  test('a part of a text keeps the lines of the whole', () => {
    const text = 'a: 1\n---\nb: 1\nb: 2\n---\nc: [\n'
    expect(readYaml(text, 9, 19)).toEqual({
      value: { b: 2 },
      duplicateKeys: [{ path: ['b'], line: 4, column: 1 }],
    })
    expect(readYaml(text, 23)).toMatchObject({ failure: { reason: 'unparsable', line: 7, column: 1 } })
  })

  test.each([
    ['a: 1\nb\nc: 2\n', 2, 1],
    ['a:\n  b: 1\n c: 2\n', 3, 2],
    ['a: [1, 2\nb: 3\n', 2, 2],
    ['a: "x\nb: 1\n', 1, 4],
    ['a: b: c\n', 1, 5],
    ['a: 1\n\tb: 2\n', 1, 4],
    ['- a\nb: 1\n', 2, 1],
    ['a: *x\n', 1, 4],
    ['a: &x [*x]\n', 1, 8],
    ['a: {[b]: c}\n', 1, 5],
    ['? [a]\n: b\n', 1, 3],
    ['~: 1\n', 1, 1],
    ['a: .nan\n', 1, 4],
    ['%YAML 1.1\n', 1, 1],
    ['  a: 1\nb: 2\n', 2, 1],
    ['{a: 1} b\n', 1, 8],
    ['a: x\u0007\n', 1, 5],
  ])('%j fails in line %i, column %i', (text, line, column) => {
    const reading = readYaml(text)
    expect(reading).toEqual({ failure: { reason: 'unparsable', message: expect.any(String), line, column } })
  })
})
