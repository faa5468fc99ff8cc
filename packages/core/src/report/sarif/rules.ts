// SARIF rules: the rules that ran, and the gaps that may be told of, as SARIF's descriptors.

import type { ReportingDescriptor } from 'sarif'
import { gapReasons } from '../../model/gap.ts'
import type { Rule } from '../../model/rule.ts'
import type { Severity } from '../../model/severity.ts'

/** SARIF knows three levels; the severity itself stands in the properties. */
export const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const

/** Numbers in the ranges by which GitHub names severities: critical from 9, high from 7, medium from 4. */
const securitySeverity: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
}

export function describeRule(rule: Rule): ReportingDescriptor {
  const { id, title, severity, rationale, remediation, references = [], aliases = [] } = rule
  const [helpUri] = references
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: sentence(title) },
    fullDescription: { text: sentence(rationale) },
    help: {
      text: [`${sentence(title)} ${rationale}`, `How to mend it: ${remediation}`, ...references].join('\n\n'),
      markdown: [
        `**${sentence(title)}** ${rationale}`,
        `**How to mend it:** ${remediation}`,
        ...(references.length > 0 ? [references.map(one => `- <${one}>`).join('\n')] : []),
      ].join('\n\n'),
    },
    ...(helpUri !== undefined && { helpUri }),
    ...(aliases.length > 0 && { deprecatedIds: [...aliases] }),
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ['security', 'kubernetes', severity],
      precision: 'very-high',
      'problem.severity': levels[severity] === 'note' ? 'recommendation' : levels[severity],
      'security-severity': securitySeverity[severity],
    },
  }
}

/** Descriptors of the notifications about gaps and broken rules. */
export const notificationDescriptors: readonly ReportingDescriptor[] = [
  ...gapReasons.map(reason => ({
    id: `gap/${reason}`,
    shortDescription: { text: `Something could not be read: ${reason}.` },
  })),
  { id: 'not-evaluated', shortDescription: { text: 'A rule could not be evaluated.' } },
  { id: 'error', shortDescription: { text: 'A rule broke.' } },
  { id: 'exception', shortDescription: { text: 'An exception is unused, expired or over-broad.' } },
]

const pascalCase = (id: string) =>
  id
    .split('-')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)
