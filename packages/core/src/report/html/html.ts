// HTML: the report as one page that needs nothing else: no request leaves it, and nothing found in manifests becomes markup.

import type { Assessment } from '../../model/assessment.ts'
import { collectFindings } from '../findings.ts'
import type { ReportOptions } from '../options.ts'
import { escapeXml } from '../xml.ts'
import { benchmarksHtml, headerHtml, noticesHtml, tilesHtml, verdict } from './overview.ts'
import { contentSecurityPolicy } from './policy.ts'
import { resourcesHtml } from './resources.ts'
import { script } from './script.ts'
import { style } from './style.ts'

/** A browser stays quick with so many; the page says how many more there are. */
const bounds = { groups: 500, alike: 100 }

/** The page as text. */
export function* htmlReport(assessment: Assessment, options: ReportOptions): Generator<string> {
  const findings = collectFindings(assessment, options, bounds)
  const now = options.now()
  const title = `${verdict(assessment, findings, options)}: ${assessment.scope.name}`
  yield `<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n`
  yield `<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">\n`
  yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
  yield `<title>${escapeXml(title)}</title>\n<style>${style}</style></head>\n<body>\n`
  yield* headerHtml(assessment, findings, options, now)
  yield '<main>\n'
  yield* tilesHtml(findings, options)
  yield* noticesHtml(findings)
  yield* benchmarksHtml(assessment, findings)
  yield* resourcesHtml(assessment, findings, options)
  yield `</main>\n<footer>Judged on ${escapeXml(assessment.startedAt)} by ${escapeXml(assessment.tool.name)} ${escapeXml(assessment.tool.version)}.</footer>\n`
  yield `<script>${script}</script>\n</body></html>\n`
}
