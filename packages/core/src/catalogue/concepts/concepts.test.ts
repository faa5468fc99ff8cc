/// <reference types="vite/types/importMeta.d.ts" />
// Tests of the rules on other projects' test data: how often they say what that data says, by concept.

import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { judgeRule } from '../../engine/judge-rule.ts'
import type { Outcome } from '../../model/outcome.ts'
import type { Resource } from '../../model/resource.ts'
import type { Rule } from '../../model/rule.ts'
import { isRecord } from '../../model/shape.ts'

interface Concept {
  readonly rules: readonly Rule[]
  readonly parameters?: Readonly<Record<string, unknown>>
}

interface Row {
  readonly id: string
  readonly file: string
  readonly concept: string
  readonly variant: string
  readonly expected: 'pass' | 'fail'
  readonly confidence: 'confirmed' | 'upstream' | 'disputed'
  /** `document`: the resource named is judged by itself; `set`: all objects of the file are there. */
  readonly scope: 'document' | 'set'
  readonly resource?: string
}

const conceptsCounted = 116
const fixtures =
  process.env.PLIMSOLL_FIXTURES ?? resolve(import.meta.dirname, '../../../../../../shared/fixtures')
const sample = join(fixtures, 'workload-sample')
const maps = import.meta.glob<{ concepts: Readonly<Record<string, Concept>> }>(['./*.ts', '!./*.test.ts'], {
  eager: true,
})
const keyOf = (row: Row) => (row.variant === '' ? row.concept : `${row.concept}|${row.variant}`)

test('each concept is decided in one place, with parameters that its rules declare', () => {
  const places = new Map<string, string>()
  for (const [file, { concepts }] of Object.entries(maps))
    for (const [key, { rules, parameters }] of Object.entries(concepts)) {
      expect(places.get(key), `${key} of ${file}`).toBeUndefined()
      places.set(key, file)
      expect(rules.length, key).toBeGreaterThan(0)
      for (const name of Object.keys(parameters ?? {}))
        expect(
          rules.some(rule => declares(rule, name)),
          `parameter ${name} of ${key}`,
        ).toBe(true)
    }
  expect(places.size).toBeGreaterThan(0)
})

if (!existsSync(join(sample, 'index.json'))) {
  test.skip(`the sample of other projects' test data is not at ${sample} (set PLIMSOLL_FIXTURES)`, () => {})
} else {
  describe("the sample of other projects' test data", () => {
    const covered = new Map(Object.values(maps).flatMap(map => Object.entries(map.concepts)))
    const rows = JSON.parse(readFileSync(join(sample, 'index.json'), 'utf8')) as Row[]
    const judged = rows.flatMap(row => {
      const concept = covered.get(keyOf(row))
      return concept && row.confidence !== 'disputed' ? [{ row, outcome: judgeRow(row, concept) }] : []
    })
    const isRight = ({ row, outcome }: (typeof judged)[number]) => outcome === row.expected

    test('is told how it went', () => {
      report(
        judged.map(one => ({ ...one, right: isRight(one) })),
        [...covered.keys()],
      )
      expect(judged.length).toBeGreaterThan(0)
    })

    test.each([
      ['confirmed', 0.99],
      ['upstream', 0.95],
    ] as const)('%s rows are judged right', (confidence, share) => {
      const of = judged.filter(({ row }) => row.confidence === confidence)
      const wrong = of.filter(one => !isRight(one))
      expect(
        (of.length - wrong.length) / of.length,
        wrong.map(({ row }) => `${row.id} ${keyOf(row)}`).join(', '),
      ).toBeGreaterThanOrEqual(share)
    })
  })
}

/** Fail where any rule fails; else error or not-evaluated where a rule could not say or none is about the object; else pass. */
function judgeRow(row: Row, { rules, parameters = {} }: Concept): Outcome {
  const objects = read(row.file)
  const subjects =
    row.scope === 'set' ? objects : objects.filter(object => isNamed(object, row.resource ?? ''))
  if (subjects.length === 0) throw new Error(`${row.id}: no ${row.resource} in ${row.file}`)
  const outcomes = rules.flatMap(rule => {
    const own = Object.fromEntries(Object.entries(parameters).filter(([name]) => declares(rule, name)))
    return subjects.flatMap(subject =>
      judgeRule(rule, subject, {
        with: objects.filter(object => object !== subject),
        parameters: own,
      }).map(result => result.outcome),
    )
  })
  if (outcomes.length === 0) return 'not-evaluated'
  const worst = (['fail', 'error', 'not-evaluated', 'manual'] as const).find(one => outcomes.includes(one))
  return worst ?? 'pass'
}

function declares(rule: Rule, parameter: string): boolean {
  return Object.hasOwn((rule.parameters ?? {}) as object, parameter)
}

function read(file: string): Resource[] {
  return parseAllDocuments(readFileSync(join(sample, file), 'utf8'))
    .map(document => document.toJS() as unknown)
    .filter(isRecord)
    .map(object => ({ ...object, metadata: object.metadata ?? {} }) as Resource)
}

/** `Kind/name` or `Kind/namespace/name`. */
function isNamed({ kind, metadata }: Resource, name: string): boolean {
  return (
    name === `${kind}/${metadata.name ?? ''}` ||
    name === `${kind}/${metadata.namespace ?? ''}/${metadata.name ?? ''}`
  )
}

function report(
  judged: readonly { row: Row; outcome: Outcome; right: boolean }[],
  keys: readonly string[],
): void {
  const tally = new Map<string, { rows: number; right: number }>()
  for (const { row, right } of judged) {
    const entry = tally.get(keyOf(row)) ?? { rows: 0, right: 0 }
    tally.set(keyOf(row), { rows: entry.rows + 1, right: entry.right + (right ? 1 : 0) })
  }
  const lines = [...tally]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { rows, right }]) => `${key.padEnd(60)} ${right} of ${rows}`)
  const wrong = judged
    .filter(one => !one.right)
    .map(
      ({ row, outcome }) =>
        `${row.id} ${keyOf(row)} (${row.confidence}): ${outcome}, expected ${row.expected}`,
    )
  const share = (confidence: Row['confidence']) => {
    const of = judged.filter(({ row }) => row.confidence === confidence)
    return `${confidence} ${of.filter(one => one.right).length} of ${of.length}`
  }
  const concepts = new Set(keys.map(key => key.split('|', 1)[0]))
  process.stdout.write(
    `${[
      ...lines,
      `rows right: ${share('confirmed')}, ${share('upstream')}; concepts covered: ${concepts.size} of ${conceptsCounted}`,
      ...wrong.map(line => `wrong: ${line}`),
    ].join('\n')}\n`,
  )
}
