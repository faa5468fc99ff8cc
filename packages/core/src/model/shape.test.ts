// Tests of shapes: types, the path of what does not fit, and nulls as the API server decodes them.

import { expect, test } from 'vitest'
import {
  anything,
  boolean,
  fieldSet,
  haveCommon,
  integer,
  list,
  map,
  numberOrString,
  object,
  string,
} from './shape.ts'

const shape = object({
  name: string,
  count: integer,
  on: boolean,
  size: numberOrString,
  tags: list(string),
  labels: map(string),
  parts: list(object({ name: string })),
  rest: anything,
})

test('what fits passes, other fields are left alone', () => {
  const value = {
    name: 'a',
    count: 1,
    on: false,
    size: '1Gi',
    tags: ['x'],
    labels: { a: 'b' },
    rest: 5,
    other: [null],
  }
  expect(shape(value)).toBeUndefined()
  expect(value.other).toEqual([null])
})

test.each([
  [{ name: 5 }, ['name'], 'a string'],
  [{ count: 1.5 }, ['count'], 'a whole number'],
  [{ count: 1e308 }, ['count'], 'a number of 64 bits'],
  [{ on: 'true' }, ['on'], 'true or false'],
  [{ size: true }, ['size'], 'a number or a string'],
  [{ tags: 'x' }, ['tags'], 'a list'],
  [{ tags: ['x', 2] }, ['tags', 1], 'a string'],
  [{ labels: { a: 'b', c: {} } }, ['labels', 'c'], 'a string'],
  [{ parts: [{}, { name: [] }] }, ['parts', 1, 'name'], 'a string'],
  [[], [], 'an object'],
])('%j is named by its path', (value, path, expected) => {
  expect(shape(value)).toMatchObject({ path, expected })
})

test('a null at a field is removed, in a list or map it is the zero value', () => {
  const value = { name: null, tags: ['x', null], labels: { a: null }, parts: [null] }
  expect(shape(value)).toBeUndefined()
  expect(value).toEqual({ tags: ['x', ''], labels: { a: '' }, parts: [{}] })
})

test('a walk notes the fields that it meets, at any depth, and no others', () => {
  const met = fieldSet()
  expect(shape({ parts: [{}, { name: 'a' }], labels: { count: 'b' }, on: null, odd: 1 }, met)).toBeUndefined()
  const isMet = (...names: string[]) => haveCommon(met, fieldSet(names))
  expect(['parts', 'name', 'labels'].map(name => isMet(name))).toEqual([true, true, true])
  expect([isMet('count'), isMet('on'), isMet('count', 'name'), isMet()]).toEqual([false, false, true, false])
})

test('a field that no shape knows is in no set', () => {
  expect(() => fieldSet(['nmae'])).toThrow('no shape has a field nmae')
})
