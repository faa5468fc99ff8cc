// Table: the report for a person at a terminal: findings by resource, worst first, then benchmarks, gaps, exceptions and counts.

import type { Assessment } from '../../model/assessment.ts'
import type { Result } from '../../model/result.ts'
import { collectFindings } from '../findings.ts'
import type { ReportOptions } from '../options.ts'
import { benchmarkLines } from './benchmarks.ts'
import { closingLines, exceptionLines } from './closing.ts'
import type { Paint } from './layout.ts'
import { groupLines } from './resource-block.ts'
import { unseenLines } from './unseen.ts'

export interface TableOptions extends ReportOptions {
  /** Columns of the terminal; 40 at least are used, and 160 at most. */
  readonly width: number
  /** Colours a piece of text, or gives it back as it is. */
  readonly paint: Paint
  /** Shows every finding and every gap, however many. */
  readonly verbose?: boolean
}

const bounds = { groups: 50, alike: 5 }
const noBounds = { groups: Number.POSITIVE_INFINITY, alike: Number.POSITIVE_INFINITY }

/** The whole table, a line a chunk. Without `verbose` its length and its memory are bounded; what it leaves out is counted. */
export function* tableReport(assessment: Assessment, options: TableOptions): Generator<string> {
  const { verbose = false, paint } = options
  const page = { width: Math.min(160, Math.max(40, options.width)), paint }
  const findings = collectFindings(assessment, options, verbose ? noBounds : bounds)
  const context = {
    page,
    rules: new Map(options.rules.map(rule => [rule.id, rule])),
    locate: options.locate,
    fixOf: (result: Result) => assessment.fixOf(result),
  }
  for (const group of findings.groups) for (const line of groupLines(group, context)) yield `${line}\n`
  for (const line of benchmarkLines(assessment, findings.summary, page)) yield `${line}\n`
  for (const line of exceptionLines(findings, page)) yield `${line}\n`
  for (const line of unseenLines(findings, page, verbose)) yield `${line}\n`
  for (const line of closingLines(assessment, findings, options, page)) yield `${line}\n`
}
