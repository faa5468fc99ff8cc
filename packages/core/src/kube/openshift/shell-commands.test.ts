import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitCommands } from './shell-commands.ts'

const known: Readonly<Record<string, string>> = { HOST: '10.0.0.1' }
const texts = (script: string) =>
  splitCommands(script, name => known[name]).map(words => words.map(({ text }) => text))
const wordsOf = (script: string) => splitCommands(script, name => known[name])[0] ?? []

describe('commands', () => {
  it.each<[string, string, string[][]]>([
    ['end with lines', 'a b\nc', [['a', 'b'], ['c']]],
    ['end with operators', 'a;b&&c||d|e&f', [['a'], ['b'], ['c'], ['d'], ['e'], ['f']]],
    ['go on after a backslash', 'a \\\n  --b=c \\\n  -d', [['a', '--b=c', '-d']]],
    ['go on within a word', 'a --long\\\n-flag', [['a', '--long-flag']]],
    ['have no comments', 'a # b c\n#!/bin/sh\nd', [['a'], ['d']]],
    ['keep a hash within a word', 'a b#c', [['a', 'b#c']]],
    ['stand in groups', '(a b); { c; }', [['a', 'b'], ['{', 'c'], ['}']]],
    ['are none in a blank script', ' \n\t;', []],
    ['leave out where output goes', 'exec a --b >/x 2>&1 --c', [['exec', 'a', '--b', '--c']]],
    ['leave out named streams', 'exec {FD}>lock --c </dev/null', [['exec', '--c']]],
    ['end inside an open quote', 'a "b c', [['a', 'b c']]],
  ])('%s', (_, script, expected) => {
    expect(texts(script)).toEqual(expected)
  })
})

describe('words', () => {
  it.each<[string, string, string[]]>([
    ['hold together in single quotes', "'b ; c' d", ['b ; c', 'd']],
    ['hold together in double quotes', '"b ; c" d', ['b ; c', 'd']],
    ['are joined', `--x='b'"c"d`, ['--x=bcd']],
    ['may be empty', `"" ''`, ['', '']],
    ['lose backslashes', 'a\\ b \\$HOST', ['a b', '$HOST']],
    ['keep most backslashes in double quotes', '"a\\b \\$HOST \\""', ['a\\b $HOST "']],
    ['have known variables', '--x=$HOST:1 --y="${HOST}"', ['--x=10.0.0.1:1', '--y=10.0.0.1']],
    ['have no variables in single quotes', "'$HOST'", ['$HOST']],
  ])('%s', (_, script, expected) => {
    expect(wordsOf(script).map(({ text }) => text)).toEqual(expected)
    expect(wordsOf(script).map(({ unknown }) => unknown)).toEqual(expected.map(() => undefined))
  })

  it.each<[string, string, string | undefined, boolean]>([
    ['a variable of which nothing is known', '--x=${A}', 'A', false],
    ['one at the begin', '$A', 'A', true],
    ['one at the begin in quotes', '"$A"', 'A', false],
    ['one with a default', '--x=${HOST:-b c}', 'a command', false],
    ['a command', '--x=$(hostname -f)', 'a command', false],
    ['a command within a command', '$(a $(b) c)', 'a command', true],
    ['a command in the old form', '`a b`', 'a command', true],
    ['a parameter', '$@', 'a command', true],
    ['an expansion without end', '--x=${A', 'a command', false],
    ['a dollar alone', '--x=$', 'a command', false],
  ])('are not known of %s', (_, script, unknown, isBare) => {
    expect(wordsOf(script)).toMatchObject([{ unknown, isBare, written: script }])
  })
})

it('reads any text to its end', () => {
  const letters = fc.constantFrom(...'ab \n\\"\'$(){}`;&|<>#=-'.split(''))
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 40 }), text => {
      const script = text.join('')
      for (const words of splitCommands(script, () => undefined))
        for (const { written } of words) expect(script).toContain(written)
    }),
    { numRuns: 300, seed: 7 },
  )
})
