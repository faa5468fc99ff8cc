// As of: the instant of the past that screens are asked to show: of a day its end, in the viewer's zone.

/** Of a day (`2026-11-24`) its end, of an instant itself; undefined for today, for what is to come, and for what is neither. */
export function instantOf(day: string | undefined, now: number = Date.now()): string | undefined {
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(day ?? '')) {
    const at = Date.parse(day ?? '')
    return Number.isNaN(at) || at >= now ? undefined : new Date(at).toISOString()
  }
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
