// Tests of YAML text: easy to read, and read back as what was written.

import { readYaml } from '@plimsoll/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { yamlText } from './yaml-text.ts'

test('looks as people write it', () => {
  expect(
    yamlText({
      kind: 'Pod',
      spec: { containers: [{ name: 'a', tty: true }], volumes: [], note: undefined },
      version: '1.0',
    }),
  ).toBe('kind: Pod\nspec:\n  containers:\n    - name: a\n      tty: true\n  volumes: []\nversion: "1.0"')
})

test('is read back as it was, by the reader that reads as kubectl does', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('yes', 'no', 'null', '~', '0644', '1e3', '- a', 'a: b', 'y', '#x', '', ' ', '2020-01-01'),
  )
  const value = fc.letrec(tie => ({
    any: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      tie('list'),
      tie('map'),
    ),
    list: fc.array(tie('any'), { maxLength: 3 }),
    map: fc
      .dictionary(fc.string({ minLength: 1, maxLength: 5 }), tie('any'), { maxKeys: 3 })
      .map(one => ({ ...one })),
  }))
  fc.assert(
    fc.property(value.map, given => {
      const reading = readYaml(yamlText(given))
      expect('value' in reading ? reading.value : reading).toEqual(given)
    }),
    { numRuns: 300 },
  )
})
