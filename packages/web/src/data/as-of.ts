// As of: the instant that a day of the past stands for in requests: its end, in the viewer's zone.

/** Undefined for today, for days to come, and for what is no day (`2026-11-24`). */
export function instantOf(day: string | undefined, now: number = Date.now()): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '') ?? []
  if (year === undefined) return undefined
  const end = new Date(Number(year), Number(month) - 1, Number(date) + 1).getTime() - 1
  return Number.isNaN(end) || end >= now ? undefined : new Date(end).toISOString()
}

/** The parameter of the API for that day. */
export const atPart = (day: string | undefined): { readonly at?: string } => {
  const at = instantOf(day)
  return at === undefined ? {} : { at }
}
