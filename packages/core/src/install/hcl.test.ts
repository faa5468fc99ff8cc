import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HclExpression, hcl, hclFields } from './hcl.ts'

test('writes plain data as Terraform reads it', () => {
  expect(hcl(true)).toBe('true')
  expect(hcl(null)).toBe('null')
  expect(hcl(4)).toBe('4')
  expect(hcl(['a', 1])).toBe('["a", 1]')
  expect(hcl({})).toBe('{}')
  expect(hcl({ a: 1, 'b.c/d': { long: false } })).toBe(
    '{\n  a       = 1\n  "b.c/d" = {\n    long = false\n  }\n}',
  )
})

test('begins nothing inside of a string', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is HCL's
  expect(hcl('${a} %{b} $c "d" \\ \n\t')).toBe('"$${a} %%{b} $c \\"d\\" \\\\ \\n\\t"')
  // HCL has no escapes for these.
  expect(hcl('\b\f')).toBe('"\\u0008\\u000c"')
})

test('writes an expression as it is, wherever it stands', () => {
  const name = new HclExpression('var.name')
  expect(hcl({ a: [name], b: name })).toBe('{\n  a = [var.name]\n  b = var.name\n}')
  expect(hclFields([['name', name]], 2)).toBe('  name = var.name')
})

/** Reads a quoted template without anything to fill in back, as HCL's grammar has it. */
const readBack = (text: string) =>
  text
    .slice(1, -1)
    .replace(/\\(?:u([\da-f]{4})|(.))/g, (_, code: string | undefined, letter: string) =>
      code
        ? String.fromCharCode(Number.parseInt(code, 16))
        : ({ n: '\n', r: '\r', t: '\t' }[letter] ?? letter),
    )
    .replace(/([$%])\1\{/g, '$1{')

test('says of any text the text itself, and begins nothing in it', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('{', '$', '%', '"', '\\', '\n', '\b', '}', ' '),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
      const text = pieces.join('')
      const written = hcl(text)
      expect(readBack(written)).toBe(text)
      expect(written).not.toMatch(/\n/)
      expect(written.replace(/([$%])\1\{/g, '')).not.toMatch(/[$%]\{/)
    }),
    { numRuns: 500, seed: 7 },
  )
})
