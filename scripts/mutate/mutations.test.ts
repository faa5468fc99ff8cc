import { describe, expect, it, test } from 'vitest'
import { edited } from './edit.ts'
import { mutationsOf } from './mutations.ts'
import { readSource } from './reach.ts'

/** What becomes of a source of one declaration by each mutation of it, as the part that is replaced and what replaces it. */
function mutations(text: string): string[] {
  const [own] = readSource('sample.ts', text).declarations
  if (!own) throw new Error('the sample declares nothing')
  return mutationsOf(own.node, 'sample', text).map(
    ({ start, end, replacement }) => `${text.slice(start, end)} → ${replacement}`,
  )
}
const all = (text: string) => mutations(`const sample = ${text}`)

describe('mutations', () => {
  test.each([
    ['a comparison', '() => f(a === b)', ['a === b → a !== b']],
    ['a boundary', '() => f(a < b)', ['a < b → a <= b', 'a < b → a >= b']],
    ['both parts of an and', '() => f(a && b)', ['a && b → ((a) || (b))', 'a && b → (a)', 'a && b → (b)']],
    ['a default', '() => f(a ?? b)', ['a ?? b → (a)', 'a ?? b → (b)']],
    ['a negation', '() => f(!a)', ['!a → a']],
    ['an optional step', '() => f(a?.b)', ['a?.b → a.b']],
    ['an optional item', '() => f(a?.[0])', ['a?.[0] → a[0]', '0 → 1']],
    ['a number', '() => f(2)', ['2 → 1', '2 → 3']],
    ['a switch', '() => f(true)', ['true → false']],
    ['a text', "() => f('a')", ["'a' → ''"]],
    ['a list', '() => f([a, b])', ['a,  → ', ', b → ']],
    ['an option', '() => f({ a: b, c })', ['a: b,  → ', ', c → ']],
    ['a method with a counterpart', '() => a.some(b)', ['some → every']],
    ['a method that can go', '() => f(a.trim())', ['a.trim() → a']],
    ['an anchor', '/^a$/', ['/^a$/ → /^a/', '/^a$/ → /a$/']],
    ['an alternative', '/a|b/i', ['/a|b/i → /a/i', '/a|b/i → /a|b/', '/a|b/i → /b/i']],
    ['a repetition and a class', '/[a-z]+/', ['/[a-z]+/ → /[^a-z]+/', '/[a-z]+/ → /[a-z]/']],
  ])('change %s', (_, text, expected) => {
    const own = all(text).filter(
      one => !one.startsWith(text.replace(/^\(\) => /, '')) || expected.includes(one),
    )
    expect(own.sort()).toEqual([...expected].sort())
  })

  it('fix the conditions of branches, and the answers of predicates', () => {
    expect(mutations('function f(a) { if (a) g() }')).toEqual(
      expect.arrayContaining(['a → true', 'a → false']),
    )
    expect(all('list.filter(one => one.ok)')).toEqual(
      expect.arrayContaining(['one.ok → true', 'one.ok → false']),
    )
    expect(mutations('const isLocal = a => a.local')).toEqual(['a.local → false', 'a.local → true'])
  })

  it('leave steps out, and let loops see their first item alone', () => {
    const text = 'function* f(list) { for (const one of list) { if (one.odd) continue; yield one; g() } }'
    expect(mutations(text)).toEqual(
      expect.arrayContaining(['list → [...list].slice(0, 1)', 'yield one; → ;', 'g() → ;']),
    )
    // Its loss is what the condition made false does.
    expect(mutations(text)).not.toContain('continue; → ;')
  })

  it('leave alone what is said to people and what other tests hold', () => {
    expect(
      all(`f({
        title: 'a', severity: 'high', expected: a === b ? 'x' : 'y', admission: { check: 'a' },
        examples: { fail: { a: 1 } },
      })`),
    ).toEqual([])
    expect(all("a ? 'one text' : 'another text'")).toEqual([])
    expect(mutations('function f() { const word = a === b; g({ expected: word }) }')).toEqual([
      '{ const word = a === b; g({ expected: word }) } → {}',
      'g({ expected: word }) → ;',
    ])
  })

  it('change the default of a parameter, to another one where few are allowed', () => {
    const parameter = (own: string) => all(`f({ parameters: { a: { ${own}, description: 'A.' } } })`)
    expect(parameter("type: 'number', default: 2")).toEqual(expect.arrayContaining(['2 → 1', '2 → 3']))
    expect(parameter("type: 'string', default: 'a', oneOf: ['a', 'b']")).toContain("'a' → 'b'")
    expect(parameter("type: 'kubernetes-version', default: 'cluster'").join()).not.toContain('cluster →')
  })

  it('change the first and last row of a table of facts', () => {
    const words = Array.from({ length: 20 }, (_, i) => `'w${i}'`)
    expect(all(`[${words.join(', ')}]`)).toEqual(["'w0',  → ", ", 'w19' → "])
  })

  it('leave alone what only types ask for', () => {
    expect(all("() => list.includes(a ?? '')")).not.toContain("a ?? '' → (a)")
    const loop =
      'function f(list) { for (let i = 0; i < list.length; i++) { const one = list[i]; g(one?.a?.b) } }'
    expect(mutations(loop)).toContain('one?.a?.b → one?.a.b')
    expect(mutations(loop)).not.toContain('one?.a → one.a')
    expect(mutations(loop)).toContain('i < list.length → i < list.length - 1')
  })

  it('come in the order of the text, each once, with the function that they are in', () => {
    const text = 'function f(a) { return g(a ? 1 : 2) }'
    const found = mutationsOf(readSource('s.ts', text).declarations[0]?.node as never, 'sample', text)
    expect(found.map(({ start }) => start)).toEqual(found.map(({ start }) => start).sort((a, b) => a - b))
    expect(new Set(found.map(one => JSON.stringify(one))).size).toBe(found.length)
    expect(new Set(found.slice(1).map(({ within }) => within))).toEqual(new Set(['f']))
  })
})

describe('edited', () => {
  it('makes edits that do not overlap, insertions among them, in any order', () => {
    const edits = [
      { start: 4, end: 5, replacement: 'E' },
      { start: 0, end: 0, replacement: '<' },
      { start: 5, end: 5, replacement: '>' },
    ]
    expect(edited('abcde', edits)).toBe('<abcdE>')
    expect(edited('abcde', edits.toReversed())).toBe('<abcdE>')
  })
})
