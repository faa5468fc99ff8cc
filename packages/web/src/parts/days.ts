// Days: dates without a time, as the last days of exceptions and attestations are, counted in UTC.

const dayMilliseconds = 86_400_000

/** The date so many days from now: `2026-11-24`. */
export const inDays = (days: number): string =>
  new Date(Date.now() + days * dayMilliseconds).toISOString().slice(0, 10)

/** Days until the end of a last day; below 1 on the day itself, below 0 after it. */
export const daysLeft = (lastDay: string, now: number): number =>
  (Date.parse(`${lastDay}T23:59:59Z`) - now) / dayMilliseconds
