// Patch releases: the newest patch of each minor version of Kubernetes, and whether a version lags behind it on a day.
//
// Source: kubernetes.io/releases, by endoflife.date of the day in support-dates.ts; kubernetes.io, "Patch Releases": they come monthly.

import { addDays } from './days.ts'
import { supportDates, tablesOf } from './support-dates.ts'

interface PatchRelease {
  readonly patch: number
  readonly released: string
}

/** Minor, newest patch, and the day of its release. */
const table = `
16.15 2020-09-02|17.17 2021-01-13|18.20 2021-06-16|19.16 2021-10-27|20.15 2022-01-19|21.14 2022-06-15|22.17 2022-12-08|23.17 2023-02-22
24.17 2023-08-23|25.16 2023-11-15|26.15 2024-03-14|27.16 2024-07-17|28.15 2024-10-22|29.15 2025-03-11|30.14 2025-06-17|31.14 2025-11-11
32.13 2026-02-26|33.13 2026-06-11|34.11 2026-08-20|35.8 2026-08-20|36.4 2026-08-20`
const newest: ReadonlyMap<number, PatchRelease> = new Map(
  table
    .trim()
    .split(/[|\n]/)
    .map(entry => {
      const [version = '', released = ''] = entry.split(' ')
      const [minor, patch] = version.split('.')
      return [Number(minor), { patch: Number(patch), released }] as const
    }),
)

export type Currency =
  | { readonly state: 'current' }
  /** `newest` has been there for longer than is allowed. */
  | { readonly state: 'behind'; readonly newest: string; readonly released: string }
  | { readonly state: 'unknown'; readonly why: string }

/**
 * Whether `1.<minor>.<patch>` has the fixes of every patch release that is older than `days` on that day. A newer release than those known
 * here may be out once as many days have gone by since the table was made.
 */
export function currencyOf(minor: number, patch: number, day: string, days: number): Currency {
  const known = newest.get(minor)
  const isFresh = day <= addDays(tablesOf, days)
  if (known && patch < known.patch && addDays(known.released, days) < day)
    return { state: 'behind', newest: `1.${minor}.${known.patch}`, released: known.released }
  const ends = supportDates.kubernetes.get(minor)?.ends
  // No release follows the last one of a version whose support had ended when the table was made.
  const isLast = known !== undefined && ends !== undefined && ends < tablesOf && patch >= known.patch
  if (isFresh || isLast) return { state: 'current' }
  return {
    state: 'unknown',
    why: known
      ? `1.${minor}.${known.patch} of ${known.released} is the newest patch release of 1.${minor} known here`
      : `no patch release of 1.${minor} is known here`,
  }
}
