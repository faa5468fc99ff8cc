// Rule page: the catalogue's rules as one Markdown page, by area.

import type { ParameterDeclaration, Rule } from '../../packages/core/src/model/rule.ts'

/** `docs/rules.md` from the rules and the files they stand in (`rules/<area>/<id>.ts`). */
export function rulePage(rules: readonly { file: string; rule: Rule }[]): string {
  const areas = groupByArea(rules)
  const lines = [
    '# Rules',
    '',
    `Generated from the catalogue: ${rules.length} rules. \`plimsoll explain ID\` tells the same of each.`,
    '',
  ]
  for (const [area, entries] of areas) {
    lines.push(`## ${area.replaceAll('-', ' ')}`, '')
    for (const { rule } of entries) lines.push(...entry(rule), '')
  }
  return `${lines.join('\n').trimEnd()}\n`
}

function groupByArea(rules: readonly { file: string; rule: Rule }[]) {
  const areas = new Map<string, { file: string; rule: Rule }[]>()
  for (const one of rules) {
    const area = one.file.split('/')[1] as string
    const entries = areas.get(area)
    if (entries) entries.push(one)
    else areas.set(area, [one])
  }
  return areas
}

function entry(rule: Rule): string[] {
  const marks = [
    rule.severity,
    rule.fix ? 'has a fix' : '',
    rule.defaultEnabled === false ? 'off by default' : '',
  ]
  const parameters = Object.entries((rule.parameters ?? {}) as Record<string, ParameterDeclaration>)
  return [
    `### ${rule.id}`,
    '',
    `**${rule.title}.** ${marks.filter(Boolean).join(' · ')}`,
    '',
    `${rule.rationale} *Remediation:* ${rule.remediation}`,
    ...(parameters.length > 0 ? ['', 'Parameters:', ''] : []),
    ...parameters.map(
      ([name, one]) =>
        `- \`${name}\` (${one.type}, default \`${JSON.stringify(one.default)}\`): ${one.description}`,
    ),
  ]
}
