import { expect, test } from 'vitest'
import { Exclusion } from './exclude.ts'

const covers = (glob: string, path: string, isFolder = false, below = path) =>
  new Exclusion([glob]).covers(path, below, isFolder)

test.each([
  ['*.test.yaml', 'a/b.test.yaml', true],
  ['*.test.yaml', 'a/b.yaml', false],
  ['b?.yaml', 'a/b1.yaml', true],
  ['b?.yaml', 'a/b.yaml', false],
  ['a/*.yaml', 'a/b.yaml', true],
  ['a/*.yaml', 'a/c/b.yaml', false],
  ['a/**/b.yaml', 'a/b.yaml', true],
  ['a/**/b.yaml', 'a/c/d/b.yaml', true],
  ['a/**', 'a/c/d/b.yaml', true],
  ['**/b.yaml', 'b.yaml', true],
  ['**/b.yaml', 'a/xb.yaml', false],
  ['./a/b.yaml', 'a/b.yaml', true],
  ['[a-c].yaml', 'b.yaml', true],
  ['[!a-c].yaml', 'b.yaml', false],
  ['[!a-c].yaml', 'd.yaml', true],
  ['*.{yml,json}', 'a.json', true],
  ['*.{yml,json}', 'a.yaml', false],
  ['a+(b).yaml', 'a+(b).yaml', true],
  ['a.yaml', 'axyaml', false],
  ['[', '[', true],
  ['{a', '{a', true],
])('%s covers %s: %s', (glob, path, expected) => {
  expect(covers(glob, path)).toBe(expected)
})

test('a glob that ends in a slash speaks of folders alone', () => {
  expect(covers('old/', 'a/old', true)).toBe(true)
  expect(covers('old/', 'a/old', false)).toBe(false)
})

test('a path is matched from the folder given, and as it was typed', () => {
  expect(covers('sub/x.yaml', 'deploy/sub/x.yaml', false, 'sub/x.yaml')).toBe(true)
  expect(covers('deploy/sub/x.yaml', 'deploy/sub/x.yaml', false, 'sub/x.yaml')).toBe(true)
  expect(covers('ub/x.yaml', 'deploy/sub/x.yaml', false, 'sub/x.yaml')).toBe(false)
})

test('globs that matched nothing are known', () => {
  const exclusion = new Exclusion(['a*', 'b*', 'a.yaml'])
  exclusion.covers('a.yaml', 'a.yaml', false)
  expect(exclusion.unused).toEqual(['b*'])
})
