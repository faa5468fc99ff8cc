import { describe, expect, it } from 'vitest'
import { parseGoBoolean, parseGoDuration, parseGoInteger, splitGoList } from './go-values.ts'

describe('values as Go reads them', () => {
  it.each([
    ['true', true],
    ['T', true],
    ['1', true],
    ['FALSE', false],
    ['0', false],
    ['tRUE', undefined],
    ['yes', undefined],
    ['', undefined],
  ])('boolean %j', (text, value) => {
    expect(parseGoBoolean(text)).toBe(value)
  })

  it.each([
    ['30', 30],
    ['-1', -1],
    ['+5', 5],
    ['007', 7],
    ['1e3', undefined],
    ['0x10', undefined],
    ['', undefined],
  ])('number %j', (text, value) => {
    expect(parseGoInteger(text)).toBe(value)
  })

  it.each([
    ['300s', 300],
    ['1m30s', 90],
    ['1.5h', 5400],
    ['.5s', 0.5],
    ['100ms', 0.1],
    ['-2m', -120],
    ['0', 0],
    ['300', undefined],
    ['5 m', undefined],
    ['', undefined],
  ])('duration %j', (text, value) => {
    expect(parseGoDuration(text)).toBe(value)
  })

  it.each([
    ['', []],
    ['a', ['a']],
    ['a,b', ['a', 'b']],
    ['"a,b",c', ['a,b', 'c']],
    ['"say ""hi""",c', ['say "hi"', 'c']],
    ['a,', ['a', '']],
  ])('list %j', (text, value) => {
    expect(splitGoList(text)).toEqual(value)
  })
})
