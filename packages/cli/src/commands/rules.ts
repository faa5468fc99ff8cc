// Rules: `plimsoll rules`: the rules of the catalogue.

import type { Rule } from '@plimsoll/core'
import { severities } from '@plimsoll/core'
import type { ExitCode, GlobalFlags, Kit } from './kit.ts'
import { columnLines, writeJson, writeLines } from './listing.ts'
import { voiceOf } from './say.ts'

/** Lists the rules, worst first. */
export async function listRules(kit: Kit, flags: GlobalFlags): Promise<ExitCode> {
  const { rules } = await kit.loadCatalogue()
  const { host } = kit
  const { paint } = voiceOf(kit, flags)
  if (flags.output === 'json') {
    await writeJson(host.out, rules.map(summary))
    return 0
  }
  const sorted = rules.toSorted(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || (a.id < b.id ? -1 : 1),
  )
  const rows = sorted.map(rule => [rule.severity, rule.id, rule.title + remarks(rule)])
  await writeLines(host.out, [
    ...columnLines(rows, host.width, (text, column, row) => {
      const severity = sorted[row]?.severity
      return column === 0 && severity ? paint(severity, text) : text
    }),
    '',
    `${rules.length} rules. plimsoll explain ID tells all about one.`,
  ])
  return 0
}

function remarks(rule: Rule): string {
  const parts = [rule.fix && 'has a fix', rule.defaultEnabled === false && 'off by default'].filter(Boolean)
  return parts.length > 0 ? ` (${parts.join(', ')})` : ''
}

const summary = (rule: Rule) => ({
  id: rule.id,
  title: rule.title,
  severity: rule.severity,
  enabled: rule.defaultEnabled !== false,
  fix: rule.fix !== undefined,
  aliases: rule.aliases ?? [],
})
