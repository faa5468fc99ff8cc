// Profile: reads a profile, already parsed from YAML or JSON: which rules and controls are on, with which parameters.

import type { Edition } from '../model/benchmark.ts'
import { type Attempt, refuse, succeed } from '../model/problem.ts'
import type { Profile, RuleSetting } from '../model/profile.ts'
import type { Rule } from '../model/rule.ts'
import { type FieldReader, readFields } from './fields.ts'
import { declaredParameters, parameterFault } from './parameters.ts'

/**
 * The profile `{ name, rules: { <id>: { enabled, reason, parameters } }, controls: { <benchmark>/<id>: { enabled: false, reason } } }`.
 * A benchmark may be written with its edition (`pss-baseline@1.34/hostPorts`) or without, which means all its editions. Unknown rules,
 * parameters and controls, wrong types and a thing switched off without a reason are problems.
 */
export function parseProfile(
  value: unknown,
  rules: readonly Rule[],
  editions: readonly Edition[],
): Attempt<Profile> {
  const reader = readFields('invalid-profile')
  const file = reader.record('', value, ['name', 'rules', 'controls'])
  if (!file) return refuse(...reader.problems)
  const name = file.name === undefined ? 'unnamed' : (reader.text('name', file.name) ?? '')
  const profile = {
    name,
    rules: readRules(reader, file.rules, rules),
    controls: readControls(reader, file.controls, editions),
  }
  return reader.problems.length > 0 ? refuse(...reader.problems) : succeed(profile)
}

function readRules(reader: FieldReader, value: unknown, rules: readonly Rule[]): Profile['rules'] {
  const byId = new Map<string, Rule>()
  for (const rule of rules) for (const id of [rule.id, ...(rule.aliases ?? [])]) byId.set(id, rule)
  const settings: Record<string, RuleSetting> = {}
  for (const [id, given] of Object.entries(value === undefined ? {} : (reader.map('rules', value) ?? {}))) {
    const at = `rules.${id}`
    const rule = byId.get(id)
    if (!rule) reader.unknown(at, 'rule', id, byId.keys())
    else if (Object.hasOwn(settings, rule.id)) reader.wrong(at, `is the same rule as ${rule.id}, given twice`)
    else {
      const setting = readSetting(reader, at, given, rule)
      if (setting) settings[rule.id] = setting
    }
  }
  return settings
}

function readSetting(reader: FieldReader, at: string, value: unknown, rule: Rule): RuleSetting | undefined {
  const fields = reader.record(at, value, ['enabled', 'reason', 'parameters'])
  if (!fields) return undefined
  const { enabled } = fields
  if (enabled !== undefined && typeof enabled !== 'boolean')
    reader.wrong(`${at}.enabled`, 'must be true or false')
  const needsReason = enabled === false || fields.reason !== undefined
  const reason = needsReason ? reader.text(`${at}.reason`, fields.reason) : undefined
  return {
    ...(typeof enabled === 'boolean' && { enabled }),
    ...(reason !== undefined && { reason }),
    ...(fields.parameters !== undefined && {
      parameters: readParameters(reader, `${at}.parameters`, fields.parameters, rule),
    }),
  }
}

function readParameters(reader: FieldReader, at: string, value: unknown, rule: Rule) {
  const given = reader.map(at, value) ?? {}
  const declared = declaredParameters(rule)
  for (const [name, setting] of Object.entries(given)) {
    const declaration = Object.hasOwn(declared, name) ? declared[name] : undefined
    if (!declaration) reader.unknown(`${at}.${name}`, 'parameter', name, Object.keys(declared))
    else {
      const fault = parameterFault(declaration, setting)
      if (fault) reader.wrong(`${at}.${name}`, fault)
    }
  }
  return given
}

function readControls(
  reader: FieldReader,
  value: unknown,
  editions: readonly Edition[],
): Profile['controls'] {
  if (value === undefined) return {}
  const known = new Set<string>()
  for (const { benchmark, edition, controls } of editions)
    for (const { id } of controls) known.add(`${benchmark}/${id}`).add(`${benchmark}@${edition}/${id}`)
  const found: Record<string, { readonly enabled: false; readonly reason: string }> = {}
  for (const [id, given] of Object.entries(reader.map('controls', value) ?? {})) {
    const at = `controls.${id}`
    if (!known.has(id)) reader.unknown(at, 'control', id, known)
    const fields = reader.record(at, given, ['enabled', 'reason'])
    if (!fields) continue
    if (fields.enabled !== false)
      reader.wrong(`${at}.enabled`, 'must be false: controls are on unless left out')
    const reason = reader.text(`${at}.reason`, fields.reason)
    if (reason !== undefined) found[id] = { enabled: false, reason }
  }
  return found
}
