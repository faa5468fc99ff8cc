// Processor seconds: how much processor time a process and all that it started have taken, those that ended included. Linux only.

import { readdirSync, readFileSync } from 'node:fs'

/** The kernel's unit of these times. */
const ticksPerSecond = 100

/** User and system time of the process of that number, of its children that ended and were waited for, and of those that live. */
export function processorSeconds(pid: number): number {
  const all = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => statOf(Number(name)))
  const of = (one: Stat): number =>
    one.own +
    one.ended +
    all.filter(({ parent }) => parent === one.pid).reduce((sum, child) => sum + of(child), 0)
  const root = all.find(one => one.pid === pid)
  return root ? of(root) / ticksPerSecond : Number.NaN
}

interface Stat {
  readonly pid: number
  readonly parent: number
  /** Ticks. */
  readonly own: number
  readonly ended: number
}

function statOf(pid: number): Stat[] {
  try {
    // The command's name may hold blanks and parentheses.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number)
    const [, parent = 0] = fields
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15)
    return [{ pid, parent, own: user + system, ended: endedUser + endedSystem }]
  } catch {
    return []
  }
}
