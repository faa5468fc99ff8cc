// Tests of every format: each tells what was not looked at, and none lets what it reports break out.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formats, write } from './testing/formats.ts'
import { hostileAssessment, hostileParts } from './testing/hostile.ts'
import { assessmentOf, mixedAssessment } from './testing/sample-assessment.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is them that must not be there.
const control = /[\u0000-\u0009\u000b-\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/

describe.each(Object.keys(formats))('%s', name => {
  const format = formats[name]

  test('tells of a gap, of what was not evaluated for it, of an error and of an idle exception', () => {
    const text = write(format, mixedAssessment())
    expect(text).toContain('a quote is not closed')
    expect(text).toContain('unparsable')
    expect(text).toContain('it is no list')
    expect(text).toContain('exception e-2 covers no failure')
    expect(text).toMatch(/not.evaluated|not looked at/i)
  })

  test('tells of them also where only other outcomes are asked for', () => {
    const text = write(format, mixedAssessment(), { only: new Set(['pass']), severity: 'critical' })
    expect(text).toContain('a quote is not closed')
  })

  test('writes an empty assessment, and says nothing good of it', () => {
    const gap = { scope: 'shop', reason: 'not-collected', detail: 'nothing to judge' } as const
    const text = write(format, assessmentOf({ gaps: [gap] }))
    expect(text).toContain('nothing to judge')
    expect(text).not.toMatch(/no findings|score 100/i)
  })

  test('writes no control character, whatever it is given', () => {
    fc.assert(
      fc.property(hostileParts, parts => {
        const text = write(format, hostileAssessment(parts))
        expect(
          control.exec(
            name === 'json' || name === 'sarif'
              ? text.replace(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '')
              : text,
          ),
        ).toBeNull()
      }),
      { numRuns: 150 },
    )
  })
})
