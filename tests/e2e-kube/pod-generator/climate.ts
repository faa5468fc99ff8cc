/** Decides for one generated pod what its fields must agree on for the API server to accept it at all. */
import type { Random } from './random.ts'

/** An object under construction. */
export type Fields = Record<string, unknown>

/** A field left out, as opposed to one that is `null`. */
export const ABSENT = Symbol('absent')

export interface Climate {
  /** Share of fields that get a value which the restricted level allows. */
  tidiness: number
  os: 'linux' | 'windows' | typeof ABSENT
  hostUsers: boolean | null | typeof ABSENT
  hostNetwork: boolean | null | typeof ABSENT
  /** A Windows HostProcess pod: then all of its containers are, and it is on the host network. */
  hostProcess: boolean
  /** Host ports given away, since two containers cannot have the same. */
  usedPorts: Set<number>
}

export function climate(r: Random): Climate {
  const tidiness = r.pick([0.4, 0.7, 0.9, 0.97, 1])
  const os = r.pick([ABSENT, ABSENT, ABSENT, ABSENT, 'linux', 'windows'] as const)
  const hostProcess = os !== 'linux' && r.chance(os === 'windows' ? 0.3 : 0.04)
  const hostNetwork = hostProcess
    ? true
    : tidy(r, tidiness, [ABSENT, ABSENT, null, false] as const, [true] as const)
  // A pod with a user namespace of its own can share no namespace of the host, and Windows knows none.
  const canChooseUsers = os !== 'windows' && hostNetwork !== true
  const hostUsers = canChooseUsers
    ? r.pick([ABSENT, ABSENT, ABSENT, null, true, false, false] as const)
    : ABSENT
  return { tidiness, os, hostUsers, hostNetwork, hostProcess, usedPorts: new Set() }
}

/** A good value with the probability `tidiness`, else any of both lists. */
export function tidy<T, U>(r: Random, tidiness: number, good: readonly T[], bad: readonly U[]): T | U {
  return r.chance(tidiness) ? r.pick(good) : r.pick<T | U>([...good, ...bad])
}

/** Sets the field unless the value is `ABSENT`. */
export function put(target: Fields, key: string, value: unknown): void {
  if (value !== ABSENT) target[key] = value
}
