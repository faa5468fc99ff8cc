// Plan set: everything that is to be judged: each rule once for each set of parameters that the profile or a control asks for.

import type { Control, Edition, Undecided } from '../model/benchmark.ts'
import { formatKubernetesVersion, type KubernetesVersion } from '../model/kubernetes-version.ts'
import type { Profile } from '../model/profile.ts'
import type { Occasion, Rule } from '../model/rule.ts'
import type { Scope } from '../model/snapshot.ts'
import { declaredParameters, resolveParameters, type Settings } from './parameters.ts'
import { isVersionGap, type Plan, planRule, type VersionGap } from './plan.ts'
import { outsidePlatform } from './platform.ts'
import type { RecordingLookup } from './recording-lookup.ts'

/** A control of an edition and the plans that answer it. */
export interface PlannedControl {
  readonly edition: Edition
  readonly control: Control
  /** Indexes into the plans. */
  readonly plans: readonly number[]
  /** Why the control does not apply: the profile leaves it out, or the platform does. */
  readonly leftOut?: string
  /** Why its plans are not all that it asks for: a rule that is off or unknown. */
  readonly missing?: string
  /** What of it is open beside its plans: the control's own, unless the profile gave its rules what they needed for it. */
  readonly undecided?: Undecided
  /** True where that there is no subject means that none could be read. */
  readonly isAwaited: boolean
}

export interface PlanSet {
  /** In the catalogue's order. */
  readonly plans: readonly Plan[]
  readonly controls: readonly PlannedControl[]
}

export interface PlanSetInput {
  /** The catalogue. */
  readonly rules: readonly Rule[]
  readonly editions: readonly Edition[]
  readonly profile: Profile
  /** Where its provider and distribution are known, controls that make no sense there are left out. */
  readonly scope: Pick<Scope, 'provider' | 'distribution'>
  /** The rules that run for themselves: those named (by id or alias); all that are on, where it is undefined. */
  readonly asked: readonly string[] | undefined
  /** The version of what is judged; where it could not be read, rules that depend on it are not evaluated. */
  readonly cluster: KubernetesVersion | VersionGap
  readonly occasion: Occasion
  lookupOf(rule: Rule): RecordingLookup
}

interface Draft {
  readonly rule: Rule
  readonly order: number
  readonly parameters: Settings
  readonly reported: Settings | undefined
}

/** Throws on parameters that a rule does not declare: profiles are checked when they are read, editions by the catalogue's tests. */
export function planAll(input: PlanSetInput): PlanSet {
  const { profile, cluster } = input
  const version = isVersionGap(cluster) ? undefined : cluster
  const ids = new Map<string, { readonly rule: Rule; readonly order: number }>()
  input.rules.forEach((rule, order) => {
    for (const id of [rule.id, ...(rule.aliases ?? [])]) ids.set(id, { rule, order })
  })
  const settings = settingsByRule(profile, ids)
  const drafts = new Map<string, Draft>()

  const draft = (rule: Rule, order: number, bound?: Settings): string => {
    const own = settings.get(rule.id)?.parameters
    const ofProfile = resolveParameters(rule, version, own)
    const parameters = bound ? resolveParameters(rule, version, own, bound) : ofProfile
    const key = keyOf(rule, parameters)
    if (!drafts.has(key))
      drafts.set(key, { rule, order, parameters, reported: differing(rule, parameters, ofProfile) })
    return key
  }

  const asked = input.asked && new Set(input.asked.map(id => ids.get(id)?.rule.id ?? id))
  for (const { rule, order } of new Set(ids.values())) {
    const setting = settings.get(rule.id)
    if (setting?.enabled === false) continue
    const isOn = setting?.enabled === true || rule.defaultEnabled !== false
    if (asked ? asked.has(rule.id) : isOn) draft(rule, order)
  }

  const bound = input.editions.flatMap(edition =>
    edition.controls.map(control => {
      const off =
        profile.controls[`${edition.benchmark}@${edition.edition}/${control.id}`] ??
        profile.controls[`${edition.benchmark}/${control.id}`]
      const leftOut = off
        ? `left out by the profile: ${off.reason}`
        : outsidePlatform(edition, control, input.scope)
      const keys: string[] = []
      let missing: string | undefined
      let isAwaited = false
      let { undecided } = control
      for (const binding of leftOut === undefined ? control.rules : []) {
        const found = ids.get(binding.rule)
        const setting = found && settings.get(found.rule.id)
        if (found?.rule.absent === 'not-collected') isAwaited = true
        if (!found) missing ??= `its rule ${binding.rule} is unknown`
        else if (setting?.enabled === false)
          missing ??= `its rule ${found.rule.id} is off in the profile: ${setting.reason ?? 'no reason given'}`
        else if (binding.needs === undefined) keys.push(draft(found.rule, found.order, binding.parameters))
        else if (!isUnset(found.rule, setting?.parameters, binding.needs)) {
          keys.push(draft(found.rule, found.order, binding.parameters))
          undecided = undefined
        }
      }
      return { edition, control, keys, leftOut, missing, isAwaited, undecided }
    }),
  )

  const ordered = [...drafts].sort(([, a], [, b]) => a.order - b.order)
  const places = new Map(ordered.map(([key], index) => [key, index]))
  return {
    plans: ordered.map(([, { rule, parameters, reported }]) =>
      planRule(rule, parameters, input.lookupOf(rule), cluster, input.occasion, reported),
    ),
    controls: bound.map(({ edition, control, keys, leftOut, missing, isAwaited, undecided }) => ({
      edition,
      control,
      isAwaited,
      plans: [...new Set(keys)].map(key => places.get(key) as number),
      ...(leftOut !== undefined && { leftOut }),
      ...(missing !== undefined && { missing }),
      ...(undecided && { undecided }),
    })),
  }
}

function settingsByRule(profile: Profile, ids: ReadonlyMap<string, { readonly rule: Rule }>) {
  return new Map(Object.entries(profile.rules).map(([id, setting]) => [ids.get(id)?.rule.id ?? id, setting]))
}

/** True where a profile does not give a parameter, or gives what it is without one. */
const isUnset = (rule: Rule, own: Settings | undefined, name: string) =>
  own?.[name] === undefined ||
  JSON.stringify(own[name]) === JSON.stringify(declaredParameters(rule)[name]?.default)

/** Equal for equal parameters of one rule: resolved values stand in the order of their declaration. */
const keyOf = (rule: Rule, parameters: Settings) => `${rule.id} ${JSON.stringify(parameters)}`

/** The parameters that differ from the profile's, as a person would write them; undefined where none does. */
function differing(rule: Rule, parameters: Settings, ofProfile: Settings): Settings | undefined {
  const found: Record<string, unknown> = {}
  for (const [name, { type }] of Object.entries(declaredParameters(rule))) {
    const value = parameters[name]
    if (JSON.stringify(value) === JSON.stringify(ofProfile[name])) continue
    found[name] =
      type === 'kubernetes-version'
        ? value === undefined
          ? 'cluster'
          : formatKubernetesVersion(value as KubernetesVersion)
        : value
  }
  return Object.keys(found).length > 0 ? found : undefined
}
