// Formats: every report by name, as tests ask for them.

import type { Assessment } from '../../model/assessment.ts'
import { csvReport } from '../csv.ts'
import { htmlReport } from '../html/html.ts'
import { jsonReport } from '../json.ts'
import { junitReport } from '../junit.ts'
import { markdownReport } from '../markdown.ts'
import type { ReportOptions } from '../options.ts'
import { sarifReport } from '../sarif/sarif.ts'
import { tableReport } from '../table/table.ts'
import { options } from './sample-assessment.ts'

type Report = (assessment: Assessment, options: ReportOptions) => Iterable<string>

export const formats: Readonly<Record<string, Report>> = {
  table: (assessment, own) => tableReport(assessment, { ...own, width: 100, paint: (_, text) => text }),
  json: jsonReport,
  sarif: sarifReport,
  junit: junitReport,
  csv: csvReport,
  markdown: markdownReport,
  html: htmlReport,
}

/** A report as one text. */
export function write(
  report: Report | undefined,
  assessment: Assessment,
  own: Partial<ReportOptions> = {},
): string {
  if (!report) throw new Error('no such format')
  return [...report(assessment, { ...options, ...own })].join('')
}
