// Draw growth: tells how cost grows with a cluster as a table and as bars, and puts it into a page of the documentation.

import { readFileSync, writeFileSync } from 'node:fs'

/** Seconds on the clock, and of processor time of the server and of the database with all its processes. */
interface Cost {
  readonly seconds: number
  readonly server: number
  readonly database: number
}

export interface GrowthFigures {
  readonly pods: number
  readonly objects: number
  /** Of their JSON. */
  readonly megabytes: number
  readonly findings: number
  /** Processor seconds that JSON.parse alone takes for the objects. */
  readonly parsing: number
  readonly ingest: Cost
  readonly assessment: Cost
  /** Of the server's process. */
  readonly peakMiB: number
  /** With all rows and indexes of it. */
  readonly bytesOfVersion: number
  readonly bytesOfFinding: number
  /** Seconds from one changed object to its finding, on the clock; and of processor time for it. */
  readonly change: {
    readonly median: number
    readonly p95: number
    readonly server: number
    readonly database: number
  }
}

const longest = 40

/** Markdown. */
export function drawGrowth(rows: readonly GrowthFigures[]): string {
  const table = [
    [
      'pods',
      'objects',
      'findings',
      'server, CPU s',
      'database, CPU s',
      'JSON.parse alone, CPU s',
      'on the clock, s',
    ].concat([
      'peak of the server',
      'object version',
      'finding',
      'change → finding, p50 / p95',
      'of it CPU, server + database',
    ]),
    Array.from({ length: 12 }, () => '---:'),
    ...rows.map(row => [
      whole(row.pods),
      `${whole(row.objects)} (${whole(row.megabytes)} MB)`,
      whole(row.findings),
      `${row.ingest.server.toFixed(1)} + ${row.assessment.server.toFixed(1)}`,
      `${row.ingest.database.toFixed(1)} + ${row.assessment.database.toFixed(1)}`,
      row.parsing.toFixed(1),
      `${row.ingest.seconds.toFixed(1)} + ${row.assessment.seconds.toFixed(1)}`,
      `${row.peakMiB.toFixed(0)} MiB`,
      `${row.bytesOfVersion.toFixed(0)} B`,
      `${row.bytesOfFinding.toFixed(0)} B`,
      `${row.change.median.toFixed(2)} / ${row.change.p95.toFixed(2)} s`,
      `${row.change.server.toFixed(2)} + ${row.change.database.toFixed(2)} s`,
    ]),
  ]
  const bars = (title: string, unit: string, of: (row: GrowthFigures) => number) => {
    const most = Math.max(...rows.map(of))
    const lines = rows.map(row => {
      const bar = '█'.repeat(Math.max(1, Math.round((of(row) / most) * longest)))
      return `${whole(row.pods).padStart(7)} pods  ${bar} ${of(row).toFixed(0)} ${unit}`
    })
    return `${title}\n\n${lines.join('\n')}`
  }
  const cpu = ({ ingest, assessment }: GrowthFigures) =>
    ingest.server + ingest.database + assessment.server + assessment.database
  return [
    table.map(cells => `| ${cells.join(' | ')} |`).join('\n'),
    '',
    '```text',
    bars(
      'processor time of server and database, ingest and first assessment, for each object',
      'µs',
      row => (cpu(row) / row.objects) * 1e6,
    ),
    '',
    bars(
      'peak memory of the server, for each thousand objects',
      'KiB',
      row => (row.peakMiB * 1024 * 1000) / row.objects,
    ),
    '',
    bars('peak memory of the server', 'MiB', row => row.peakMiB),
    '```',
    '',
  ].join('\n')
}

const whole = (count: number) => Math.round(count).toLocaleString('en')

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->` of a page. */
export function writeSection(page: string, name: string, text: string): void {
  const before = readFileSync(page, 'utf8')
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [before.indexOf(open), before.indexOf(close)]
  if (from < 0 || to < from) throw new Error(`${page} has no section ${name}`)
  writeFileSync(page, `${before.slice(0, from + open.length)}\n${text}${before.slice(to)}`)
}
