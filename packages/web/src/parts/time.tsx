// Time: an instant as people say it, in the viewer's zone; the exact one on hover.

import { useEffect, useState } from 'react'

const exactFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' })
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** In the viewer's zone, to the second, with the zone. */
export const exactTime = (instant: string): string => exactFormat.format(new Date(instant))

/** `24 Nov 2026` */
export const dayOf = (instant: string): string => dayFormat.format(new Date(instant))

const steps = [
  [60, 's'],
  [60, 'min'],
  [24, 'h'],
  [60, 'd'],
] as const

/** `5 min ago`, `in 3 d`; the day where it is more than 60 days away. */
export function relativeTime(instant: string, now: number): string {
  const seconds = (now - new Date(instant).getTime()) / 1000
  let amount = Math.abs(seconds)
  if (amount < 5) return 'now'
  for (const [most, unit] of steps) {
    if (amount < most)
      return seconds > 0 ? `${Math.floor(amount)} ${unit} ago` : `in ${Math.floor(amount)} ${unit}`
    amount /= most
  }
  return dayOf(instant)
}

/** The present, to the half minute: what is shown grows old by itself. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

export function Time({ at, isExact = false }: { readonly at: string; readonly isExact?: boolean }) {
  const now = useNow()
  return (
    <time dateTime={at} title={exactTime(at)}>
      {isExact ? exactTime(at) : relativeTime(at, now)}
    </time>
  )
}
