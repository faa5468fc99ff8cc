// Tests of CSV: read back as RFC 4180 says, and harmless in a spreadsheet.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvReport } from './csv.ts'
import { write } from './testing/formats.ts'
import { hostileAssessment, hostileParts } from './testing/hostile.ts'
import { mixedAssessment } from './testing/sample-assessment.ts'

/** Rows by RFC 4180; throws on anything else. */
function readCsv(text: string): string[][] {
  const token = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y
  const rows: string[][] = []
  let row: string[] = []
  while (token.lastIndex < text.length) {
    const found = token.exec(text)
    if (!found) throw new Error('not CSV')
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    if (found[3] === '\r\n') {
      rows.push(row)
      row = []
    }
  }
  return rows
}

const records = (text: string) => {
  const [head = [], ...rows] = readCsv(text)
  return rows.map(row => Object.fromEntries(head.map((name, i) => [name, row[i]])))
}

test('a row for each result, gap, control, score and exception note', () => {
  const found = records(write(csvReport, mixedAssessment()))
  const kinds = found.map(({ record, outcome }) => `${record} ${outcome}`)
  expect(kinds.filter(kind => kind.startsWith('result'))).toHaveLength(9)
  expect(kinds.slice(9)).toEqual([
    'gap not-evaluated',
    'control fail',
    'control fail',
    'control manual',
    'score ',
    'exception unused',
  ])
  expect(found[0]).toMatchObject({
    severity: 'critical',
    rule: 'privileged-container',
    name: 'web',
    discriminator: 'main',
    actual: 'true',
    file: 'shop/app.yaml',
    line: '59',
  })
})

test('every row has every column, and no cell is a formula', () => {
  fc.assert(
    fc.property(hostileParts, parts => {
      const rows = readCsv(write(csvReport, hostileAssessment(parts)))
      for (const row of rows) {
        expect(row).toHaveLength(rows[0]?.length as number)
        for (const cell of row) expect(cell).not.toMatch(/^\s*[=+\-@\t\r]/)
      }
    }),
    { numRuns: 200 },
  )
})
