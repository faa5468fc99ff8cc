// Write report: the formats of a scan's report, and the writing of one to where it should go.

import { resolve } from 'node:path'
import {
  type Assessment,
  type Attempt,
  count,
  csvReport,
  htmlReport,
  jsonReport,
  junitReport,
  markdownReport,
  type ReportOptions,
  refuse,
  sarifReport,
  succeed,
  tableReport,
} from '@plimsoll/core'
import type { Voice } from '../terminal/host.ts'
import { fileSink } from '../terminal/output-file.ts'
import { type Sink, writeChunks } from '../terminal/sink.ts'
import { systemReason } from './data-file.ts'
import type { ReportFormat } from './flags.ts'
import type { Kit } from './kit.ts'

export interface ReportTarget {
  readonly format: ReportFormat
  /** Absent: standard output. */
  readonly file: string | undefined
  readonly verbose: boolean
}

/** Judges and writes on the way. Refuses with `unwritable-output`; an output file is then as it was before. */
export async function writeReport(
  { host }: Kit,
  assessment: Assessment,
  options: ReportOptions,
  { format, file, verbose }: ReportTarget,
  voice: Voice,
): Promise<Attempt<void>> {
  let sink: Sink | undefined
  try {
    sink = file === undefined ? host.out : fileSink(resolve(host.workingDirectory, file))
    // A file keeps no colours, and is as wide as a page.
    const paint = file === undefined ? voice.paint : (_: unknown, text: string) => text
    const chunks =
      format === 'table'
        ? tableReport(assessment, {
            ...options,
            verbose,
            paint,
            width: file === undefined ? host.width : 120,
          })
        : others[format](assessment, options)
    voice.status.show(`judging ${count(assessment.resources.length, 'resource')}`)
    await writeChunks(
      sink,
      whenFirst(chunks, () => voice.status.clear()),
    )
    await sink.finish()
    return succeed(undefined)
  } catch (error) {
    sink?.abandon()
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error
    const isAway = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const reason = isAway ? 'its folder does not exist' : systemReason(error)
    const message = `the report cannot be written to ${file ?? 'standard output'}: ${reason}`
    return refuse({ code: 'unwritable-output', message, ...(file !== undefined && { file }) })
  }
}

/** The chunks, with something done before the first of them is given on. */
function* whenFirst(chunks: Iterable<string>, deed: () => void): Generator<string> {
  let isFirst = true
  for (const chunk of chunks) {
    if (isFirst) deed()
    isFirst = false
    yield chunk
  }
}

const others: Readonly<
  Record<Exclude<ReportFormat, 'table'>, (assessment: Assessment, options: ReportOptions) => Iterable<string>>
> = {
  json: jsonReport,
  sarif: sarifReport,
  junit: junitReport,
  csv: csvReport,
  markdown: markdownReport,
  html: htmlReport,
}
