// Settings: a profile with one rule or control turned on or off.

import type { Profile } from '@plimsoll/core/contract/client'

export type Settings = Pick<Profile, 'rules' | 'controls'>

/** What is turned: a rule, or a control of an edition. */
export type Target =
  | { readonly type: 'rule'; readonly id: string }
  | { readonly type: 'control'; readonly benchmark: string; readonly edition: string; readonly id: string }

const without = (record: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)))

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The settings with a rule or control off for a reason; parameters of the rule stay. */
export function turnedOff({ rules, controls }: Settings, target: Target, reason: string): Settings {
  if (target.type === 'control')
    return {
      rules,
      controls: {
        ...without(controls, keysOf(target)),
        [`${target.benchmark}@${target.edition}/${target.id}`]: { enabled: false, reason },
      },
    }
  const own = rules[target.id]
  return { rules: { ...rules, [target.id]: { ...(isRecord(own) && own), enabled: false, reason } }, controls }
}

/** The settings with a rule or control on: what turned it off is taken away, and a rule that is off by itself is turned on. */
export function turnedOn({ rules, controls }: Settings, target: Target): Settings {
  if (target.type === 'control') return { rules, controls: without(controls, keysOf(target)) }
  const own = rules[target.id]
  const rest = isRecord(own) ? without(own, ['enabled', 'reason']) : {}
  const wasOff = isRecord(own) && own.enabled === false
  if (wasOff && Object.keys(rest).length === 0) return { rules: without(rules, [target.id]), controls }
  return { rules: { ...rules, [target.id]: wasOff ? rest : { ...rest, enabled: true } }, controls }
}

/** True where a setting speaks of all editions of the control's benchmark, which turning it on takes away for all of them. */
export const isOffInAll = (controls: Settings['controls'], target: Target): boolean =>
  target.type === 'control' && `${target.benchmark}/${target.id}` in controls

const keysOf = ({ benchmark, edition, id }: Extract<Target, { type: 'control' }>) => [
  `${benchmark}@${edition}/${id}`,
  `${benchmark}/${id}`,
]
