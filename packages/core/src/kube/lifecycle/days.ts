// Days: counting on from a day of the calendar, without a clock.

/** The day so many days after a day such as `2026-08-22`; throws on a text that is no day. */
export function addDays(day: string, days: number): string {
  const [year = Number.NaN, month = Number.NaN, date = Number.NaN] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10)
}
