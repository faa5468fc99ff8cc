// View benchmark: an edition with its controls and their rules, as a profile has them on or off.

import { type Control, defaultProfile, type Profile, type Rule, type Undecided } from '@plimsoll/core'
import { allProfiles } from '../../store/profiles.ts'
import type { Caller } from '../caller.ts'
import { Fault } from '../fault.ts'
import { readKept } from './profile-of.ts'
import { type ProfileDeps, viewHolding, viewProfile } from './profiles.ts'

export interface SettingsAsked {
  /** Id of a profile. */
  readonly profile?: string | undefined
  /** Id of a cluster: the profile that holds for it. */
  readonly cluster?: string | undefined
}

/** Throws `not-found` for an edition, profile or cluster that is not there for the caller. */
export async function viewBenchmark(
  deps: ProfileDeps,
  caller: Caller,
  of: { readonly benchmark: string; readonly edition: string },
  asked: SettingsAsked,
) {
  const edition = deps.pack.editions.find(one => one.benchmark === of.benchmark && one.edition === of.edition)
  if (!edition) throw new Fault('not-found', `There is no ${of.benchmark}@${of.edition}.`)
  const { id, profile } = await settingsOf(deps, caller, asked)
  const rules = new Map(deps.pack.rules.map(rule => [rule.id, rule]))
  const { benchmark, edition: name, title, source, distributions, sections, controls } = edition
  return {
    benchmark,
    edition: name,
    title,
    source,
    distributions: [...(distributions ?? [])],
    controls: controls.length,
    answered: controls.filter(control => control.rules.length > 0).length,
    profile: { id: id ?? null, name: profile.name },
    sections: sections.map(section => ({
      ...section,
      controls: controls
        .filter(control => control.section === section.id)
        .map(control => ({
          ...controlView(control),
          ...leftOut(profile, `${benchmark}/${control.id}`, `${benchmark}@${name}/${control.id}`),
          rules: control.rules.map(binding =>
            ruleView(rules.get(binding.rule), binding.rule, binding.parameters, profile),
          ),
        })),
    })),
  }
}

async function settingsOf(deps: ProfileDeps, caller: Caller, { profile, cluster }: SettingsAsked) {
  if (profile !== undefined) {
    const view = await viewProfile(deps, caller, profile)
    return { id: view.id, profile: readKept(deps.pack, { name: view.name, body: { ...view } }).profile }
  }
  if (cluster !== undefined) return await viewHolding(deps, caller, cluster)
  const row = (await allProfiles(deps.db)).find(({ is_default }) => is_default)
  return row
    ? { id: row.profile_id, profile: readKept(deps.pack, row).profile }
    : { id: undefined, profile: defaultProfile }
}

const controlView = ({
  id,
  title,
  severity,
  automated,
  level,
  requirement,
  remediation,
  undecided,
}: Control) => ({
  id,
  title,
  severity,
  automated,
  level: level ?? null,
  requirement: requirement ?? null,
  remediation: remediation ?? null,
  undecided: undecided ? wordsOf(undecided) : null,
})

const wordsOf = (undecided: Undecided) => ('manual' in undecided ? undecided.manual : undecided.why)

function leftOut({ controls }: Profile, ...names: readonly string[]) {
  const setting = names
    .map(name => (Object.hasOwn(controls, name) ? controls[name] : undefined))
    .find(Boolean)
  return { enabled: setting === undefined, reason: setting?.reason ?? null }
}

/** The parameters that it is judged by: the control's own over those of the profile, over what the rule says itself. */
function ruleView(
  rule: Rule | undefined,
  id: string,
  asked: Readonly<Record<string, unknown>> = {},
  { rules }: Profile,
) {
  const setting = Object.hasOwn(rules, id) ? rules[id] : undefined
  const own = Object.entries(rule?.parameters ?? {}).map(([name, declared]) => [
    name,
    (declared as { readonly default: unknown }).default,
  ])
  return {
    id,
    title: rule?.title ?? id,
    severity: rule?.severity ?? 'low',
    remediation: rule?.remediation ?? '',
    parameters: { ...Object.fromEntries(own), ...setting?.parameters, ...asked },
    enabled: setting?.enabled !== false,
    reason: setting?.reason ?? null,
  }
}
