// SARIF notifications: what was not looked at and which rules broke, so that no reader takes the results for the whole.

import type { Notification } from 'sarif'
import type { Summary } from '../../model/assessment.ts'
import { count, visible } from '../text.ts'
import type { Unjudged } from '../unjudged.ts'
import { fileLocation } from './locations.ts'
import type { SarifRules } from './results.ts'

/** A notification for each reason for which something could not be judged. */
export function unjudgedNotices(unjudged: readonly Unjudged[], rules: SarifRules): Notification[] {
  return unjudged.map(({ outcome, reason, rules: concerned, results, example }) => {
    const [rule = ''] = concerned
    const index = rules.index.get(rule)
    const first = example === undefined ? '' : `, first ${example}`
    const extent = `${count(results, 'verdict')} of ${concerned.size === 1 ? rule : count(concerned.size, 'rule')}${first}`
    return {
      descriptor: { id: outcome },
      ...(concerned.size === 1 && { associatedRule: { id: rule, ...(index !== undefined && { index }) } }),
      level: 'error',
      message: { text: visible(`${reason} (${extent})`) },
    }
  })
}

/** A notification for each gap and for each exception that needs a word. */
export function noticesOf({ gaps, exceptions }: Pick<Summary, 'gaps' | 'exceptions'>): Notification[] {
  return [
    ...gaps.map(({ scope, reason, detail, kind, line, column }): Notification => {
      const place = line === undefined ? undefined : { line, ...(column !== undefined && { column }) }
      const physical = place && fileLocation(scope, place)
      return {
        descriptor: { id: `gap/${reason}` },
        level: 'error',
        message: { text: visible(`${scope}${kind === undefined ? '' : ` (${kind})`}: ${detail}`) },
        ...(physical && { locations: [{ physicalLocation: physical }] }),
      }
    }),
    ...exceptions.map(
      ({ message }): Notification => ({
        descriptor: { id: 'exception' },
        level: 'warning',
        message: { text: visible(message) },
      }),
    ),
  ]
}
