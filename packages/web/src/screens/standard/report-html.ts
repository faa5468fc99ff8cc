// Report as HTML: what each control of a standard came to, as one page that needs nothing else.

import type { WholeStandard } from '@plimsoll/core/contract/client'
import { outcomeWord, severityWord } from '../../parts/badges.tsx'
import { intervalText, type ScoreValue } from '../../parts/score.tsx'
import { counted, editionName, scoreNumber, wholeNumber } from '../../parts/words.ts'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string) => text.replace(/[&<>"']/g, mark => escapes[mark] ?? mark)

const style = `body{max-width:1100px;margin:2em auto;padding:0 1em;color:#14181d;font:13px/1.45 system-ui,sans-serif;font-variant-numeric:tabular-nums}
h1{font-size:20px;margin:0}h2{font-size:14px;margin:1.6em 0 .3em}p{margin:.3em 0}.fine{color:#5f6873}
table{width:100%;border-collapse:collapse}th{color:#5f6873;font-weight:500;text-align:left}
th,td{padding:3px 8px 3px 0;border-bottom:1px solid #dce0e5;vertical-align:top}.number{text-align:right}
.fail,.error{color:#b3261e}.pass{color:#0c6b5c}.manual{color:#6a3fa0}tr{break-inside:avoid}h2{break-after:avoid}`

interface ReportOptions {
  /** The instant that it speaks of. */
  readonly at: string
  /** What of the fleet it speaks of. */
  readonly scope: string
}

const scoreText = (score: ScoreValue) => {
  const interval = intervalText(score)
  const value = score.value === null ? 'no score' : `${scoreNumber(score.value)} % passed`
  return interval ? `${value}, lies in ${interval}` : value
}

/** A whole document; all that comes from the server is escaped. */
export function reportHtml(standard: WholeStandard, { at, scope }: ReportOptions): string {
  const title = editionName(standard)
  const outcomes = Object.entries(standard.controls)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${wholeNumber(count)} ${outcomeWord(outcome as 'pass').toLowerCase()}`)
    .join(' · ')
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(title)}</title><style>${style}</style></head>
<body>
<h1>${escaped(title)}</h1>
<p>${escaped(standard.title)}</p>
<p class="fine">As of ${escaped(at)}, ${escaped(scope)}, ${counted(standard.clusters, 'cluster')}</p>
<p><strong>${escaped(scoreText(standard.score))}</strong></p>
<p>Controls: ${escaped(outcomes)}</p>
${standard.sections.map(sectionHtml).join('\n')}
</body>
</html>
`
}

const sectionHtml = ({ id, title, score, controls }: WholeStandard['sections'][number]) =>
  `<h2>${escaped(/^[\d.]+$/.test(id) ? `${id} ${title}` : title)} <span class="fine">${escaped(scoreText(score))}</span></h2>
<table>
<thead><tr><th>Control</th><th>Title</th><th>Severity</th><th>Outcome</th><th class="number">Failed</th><th class="number">Passed</th><th class="number">Excepted</th><th class="number">Not evaluated</th></tr></thead>
<tbody>
${controls.map(controlHtml).join('\n')}
</tbody>
</table>`

function controlHtml(control: WholeStandard['sections'][number]['controls'][number]): string {
  const { id, title, severity, outcome, reason, attested, failed, passed, excepted, notEvaluated } = control
  const number = (value: number, more = '') => `<td class="number">${wholeNumber(value)}${more}</td>`
  const said = [reason, attested > 0 && `attested in ${counted(attested, 'cluster')}`]
    .filter(Boolean)
    .join('; ')
  return `<tr><td>${escaped(id)}</td><td>${escaped(title)}${said && `<br><span class="fine">${escaped(said)}</span>`}</td><td>${severityWord[severity]}</td><td class="${outcome}">${outcomeWord(outcome)}</td>${number(failed)}${number(passed)}${number(excepted)}${number(notEvaluated, control.unbounded ? '+' : '')}</tr>`
}
