// Scale: how much of the chaos is run: a short form with every check, the long one with PLIMSOLL_CHAOS=full.

import { type Random, random } from '../../bench/random.ts'

const isFull = process.env.PLIMSOLL_CHAOS === 'full'
const seed = Number(process.env.PLIMSOLL_CHAOS_SEED ?? 20_260_203)

/** One number in the short form, the other in the long one. */
export const scaled = (short: number, full: number): number => (isFull ? full : short)

/** The same choices in each run with the same seed; when a process is in which of its steps is the machine's choice. */
export const seeded = (part: number): Random => random(seed + part)

/** Tells people what was met, beside what the tests say. */
export function tell(what: string, figures: Readonly<Record<string, number | string>>): void {
  const text = Object.entries(figures).map(([name, value]) => `${name} ${value}`)
  process.stdout.write(`  chaos: ${what}: ${text.join(', ')}\n`)
}
