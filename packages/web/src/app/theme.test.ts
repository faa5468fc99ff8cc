import { describe, expect, test } from 'vitest'
import { colourOf, contrast, distance, eyes } from '../testing/colours.ts'
import css from './theme.css?raw'

/** The colours of a theme by their names. */
function colours(theme: 'light' | 'dark'): (name: string) => ReturnType<typeof colourOf> {
  const block = css.match(new RegExp(`\\[data-mantine-color-scheme="${theme}"\\] \\{([^}]*)\\}`))?.[1] ?? ''
  const found = new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]),
  )
  return name => {
    const hex = found.get(name)
    if (hex === undefined) throw new Error(`${theme} has no colour ${name}`)
    return colourOf(hex)
  }
}

const severities = ['critical', 'high', 'medium', 'low']
const outcomes = ['pass', 'fail', 'manual', 'unknown']
const grounds = ['ground', 'panel', 'hover', 'chosen']
const words = ['ink', 'ink-2', 'ink-3', 'accent', ...severities, ...outcomes, 'good', 'bad']
const pairs = (names: readonly string[]) =>
  names.flatMap((a, at) => names.slice(at + 1).map(b => [a, b] as const))

describe.each(['light', 'dark'] as const)('theme %s', theme => {
  const of = colours(theme)

  test('words have a contrast of 4.5 on all that they stand on (WCAG 2.2, 1.4.3)', () => {
    const weak = words.flatMap(word =>
      grounds
        .map(ground => [word, ground, contrast(of(word), of(ground))] as const)
        .filter(([, , ratio]) => ratio < 4.5),
    )
    expect(weak).toEqual([])
    expect(contrast(of('accent-ink'), of('accent'))).toBeGreaterThan(4.5)
    expect(contrast(of('accent-ink'), of('fail'))).toBeGreaterThan(4.5)
    for (const severity of severities) {
      expect(contrast(of(severity), of(`${severity}-soft`)), severity).toBeGreaterThan(4.5)
      expect(contrast(of('ink'), of(`${severity}-soft`)), severity).toBeGreaterThan(4.5)
    }
  })

  test('edges of fields, focus, and what bars are filled with have a contrast of 3 (1.4.11)', () => {
    for (const mark of ['edge-strong', 'accent', 'fill', 'fail', ...severities])
      for (const ground of ['panel', 'sunk'])
        expect(contrast(of(mark), of(ground)), `${mark} on ${ground}`).toBeGreaterThan(2.99)
  })

  test.each(eyes)('severities and outcomes are told apart: %s', by => {
    const close = [...pairs(severities), ...pairs(outcomes)]
      .map(([a, b]) => [a, b, distance(of(a), of(b), by)] as const)
      .filter(([, , apart]) => apart < 10)
    expect(close).toEqual([])
  })
})
