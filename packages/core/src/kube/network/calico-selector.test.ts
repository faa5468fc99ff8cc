import { describe, expect, it } from 'vitest'
import { parseCalicoSelector } from './calico-selector.ts'

const labels = { app: 'web', tier: 'front-end', 'example.com/team': 'shop' }

describe('selectors of Calico', () => {
  it.each([
    ['', true],
    ['  all()  ', true],
    ['global()', true],
    ["app == 'web'", true],
    ['app == "db"', false],
    ["app != 'db'", true],
    ["missing != 'x'", true],
    ['has(app)', true],
    ['!has(app)', false],
    ['has(example.com/team)', true],
    ["example.com/team in { 'ops', 'shop' }", true],
    ["app in {'db'}", false],
    ['app in {}', false],
    ["app not in {'db'}", true],
    ["missing not in {'db'}", true],
    ["tier contains 'end'", true],
    ["tier starts with 'front'", true],
    ["tier ends with 'front'", false],
    ["app == 'db' || app == 'web' && has(tier)", true],
    ["(app == 'db' || app == 'web') && !has(tier)", false],
    ["!(app == 'db')", true],
    ['!!has(app)', true],
    ["in-house == 'x' || has(app)", true],
  ])('%s', (source, expected) => {
    expect(parseCalicoSelector(source)?.(labels)).toBe(expected)
  })

  it.each([
    "app = 'web'",
    'app == web',
    "app == 'web",
    'has()',
    'app',
    "app in 'web'",
    "app in {'a' 'b'}",
    '(all()',
    'all())',
    '&& all()',
    "app == 'a' all()",
    '('.repeat(1000),
    '!'.repeat(1000),
  ])('refuses %s', source => {
    expect(parseCalicoSelector(source)).toBeUndefined()
  })

  it('takes only labels that are the object’s own', () => {
    expect(parseCalicoSelector('has(constructor)')?.({})).toBe(false)
  })
})
