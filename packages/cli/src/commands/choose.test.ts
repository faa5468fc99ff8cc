// Tests of choosing: editions by family and version, rules by id and alias, and nothing unknown passed over.

import { defaultProfile, parseKubernetesVersion } from '@plimsoll/core'
import { expect, test } from 'vitest'
import { chooseScan, findEdition, rulesToRun } from './choose.ts'
import { catalogue } from './testing/fake-kit.ts'

const version = (text: string) => parseKubernetesVersion(text)
const chosen = (id: string, of?: string) => {
  const found = findEdition(catalogue.editions, id, of === undefined ? undefined : version(of))
  return found.ok ? found.value.edition : found.problems.map(({ message }) => message).join()
}

test('a family means its newest edition; of Pod Security, that of the version', () => {
  expect(chosen('custom')).toBe('2')
  expect(chosen('pss-baseline')).toBe('1.34')
  expect(chosen('pss-baseline', '1.10')).toBe('1.10')
  expect(chosen('pss-baseline', '1.20')).toBe('1.10')
  expect(chosen('pss-baseline', '1.2')).toBe('1.9')
  expect(chosen('pss-baseline', '1.99')).toBe('1.34')
  expect(chosen('custom', '1.10')).toBe('2')
  expect(chosen('pss-baseline@1.9', '1.34')).toBe('1.9')
})

test('unknown families and editions name the nearest', () => {
  expect(chosen('pss-basline')).toBe('unknown benchmark "pss-basline"; did you mean pss-baseline?')
  expect(chosen('pss-baseline@1.35')).toContain('did you mean 1.34')
  expect(chosen('custom@3')).toContain('there are 1, 2')
})

const choice = (benchmarks: readonly string[], rules: readonly string[] = []) => {
  const found = chooseScan(catalogue, benchmarks, rules, undefined)
  if (!found.ok) throw new Error(found.problems.map(({ message }) => message).join())
  const { editions, asked } = found.value
  const run = rulesToRun(catalogue.rules, found.value, defaultProfile).map(({ id }) => id)
  return { editions: editions.map(({ benchmark, edition }) => `${benchmark}@${edition}`), asked, run }
}

test('by default every rule that is on runs, and Pod Security is reported', () => {
  expect(choice([])).toEqual({
    editions: ['pss-baseline@1.34', 'pss-restricted@1.34'],
    asked: undefined,
    run: ['host-pid', 'host-ipc'],
  })
})

test('a benchmark brings its rules alone, a rule comes beside it', () => {
  expect(choice(['custom@1'])).toEqual({ editions: ['custom@1'], asked: [], run: ['host-quiet'] })
  expect(choice(['custom@1', 'custom@1'], ['pid-of-host'])).toEqual({
    editions: ['custom@1'],
    asked: ['host-pid'],
    run: ['host-pid', 'host-quiet'],
  })
  expect(choice([], ['host-quiet'])).toEqual({ editions: [], asked: ['host-quiet'], run: ['host-quiet'] })
})

test('a profile switches rules off and on', () => {
  const found = chooseScan(catalogue, [], [], undefined)
  if (!found.ok) throw new Error()
  const profile = {
    ...defaultProfile,
    rules: { 'host-pid': { enabled: false, reason: 'x' }, 'host-quiet': { enabled: true } },
  }
  expect(rulesToRun(catalogue.rules, found.value, profile).map(({ id }) => id)).toEqual([
    'host-ipc',
    'host-quiet',
  ])
})

test('every unknown id is told at once', () => {
  const found = chooseScan(catalogue, ['nope'], ['host-pdi', 'host-icp'], undefined)
  expect(found.ok ? [] : found.problems.map(({ message }) => message)).toEqual([
    'unknown rule "host-pdi"; did you mean host-pid?',
    'unknown rule "host-icp"; did you mean host-ipc?',
    'unknown benchmark "nope"',
  ])
})
