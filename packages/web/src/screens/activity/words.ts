// Words of activity: what an entry of the log says in a line, and the instants that days stand for.

import type { AuditEntry } from '@plimsoll/core/contract/client'

/** `exception.scan-asked` as `Exception scan asked`. */
export function actionWord(action: string): string {
  const words = action.replaceAll(/[.-]/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The detail in a line: what is nothing is left out. */
export const detailText = (detail: AuditEntry['detail']): string =>
  Object.entries(detail)
    .filter(([, value]) => value !== null && value !== '' && JSON.stringify(value) !== '{}')
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ')

/** The instant at which a day begins in the viewer's zone, or a later one; undefined for what is no day. */
export function startOf(day: string | undefined, later = 0): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '') ?? []
  if (year === undefined) return undefined
  return new Date(Number(year), Number(month) - 1, Number(date) + later).toISOString()
}
