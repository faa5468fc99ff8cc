// Profile: the profile of a scan, from its file and from single parameters given as flags.

import {
  type Attempt,
  defaultProfile,
  type ParameterDeclaration,
  type Problem,
  type Profile,
  parseProfile,
  refuse,
  succeed,
  unknownId,
} from '@plimsoll/core'
import { findRule, ruleIds } from './choose.ts'
import { inFile, readDataFile } from './data-file.ts'
import type { Catalogue } from './kit.ts'

/** The profile of `--profile`, with each `--parameter rule.name=value` over it. Refuses unknown ids and values that do not fit. */
export async function readProfile(
  file: string | undefined,
  parameters: readonly string[],
  catalogue: Catalogue,
  workingDirectory: string,
): Promise<Attempt<Profile>> {
  let profile = defaultProfile
  if (file !== undefined) {
    const value = await readDataFile(file, workingDirectory, 'invalid-profile')
    if (!value.ok) return value
    const parsed = inFile(parseProfile(value.value ?? {}, catalogue.rules, catalogue.editions), file)
    if (!parsed.ok) return parsed
    profile = parsed.value
  }
  const problems: Problem[] = []
  for (const given of parameters) {
    const next = withParameter(profile, given, catalogue)
    if (next.ok) profile = next.value
    else problems.push(...next.problems)
  }
  return problems.length > 0 ? refuse(...problems) : succeed(profile)
}

function withParameter(profile: Profile, given: string, catalogue: Catalogue): Attempt<Profile> {
  const parts = /^([^.=]+)\.([^=]+)=(.*)$/s.exec(given)
  if (!parts) return refuse({ code: 'usage', message: `--parameter ${given}: write it as rule.name=value` })
  const [, id, name, text] = parts as unknown as [string, string, string, string]
  const unknown = (what: string, one: string, known: Iterable<string>) =>
    refuse({ code: 'unknown-id', message: `--parameter ${given}: ${unknownId(what, one, known)}` })

  const rule = findRule(catalogue.rules, id)
  if (!rule) return unknown('rule', id, ruleIds(catalogue.rules))
  const declared = (rule.parameters ?? {}) as Readonly<Record<string, ParameterDeclaration>>
  const declaration = Object.hasOwn(declared, name) ? declared[name] : undefined
  if (!declaration) {
    const known = Object.keys(declared)
    const has = known.length === 0 ? 'it has none' : `it has ${known.join(', ')}`
    return unknown(`parameter of ${rule.id} (${has})`, name, known)
  }

  const value = readValue(declaration, text)
  const checked = parseProfile(
    { rules: { [rule.id]: { parameters: { [name]: value } } } },
    catalogue.rules,
    catalogue.editions,
  )
  if (!checked.ok)
    return refuse(
      ...checked.problems.map(({ message }): Problem => {
        const fault = message.slice(message.indexOf(': ') + 2)
        return { code: 'usage', message: `--parameter ${given}: ${fault}` }
      }),
    )
  const setting = profile.rules[rule.id]
  return succeed({
    ...profile,
    rules: {
      ...profile.rules,
      [rule.id]: { ...setting, parameters: { ...setting?.parameters, [name]: value } },
    },
  })
}

/** The value that a text stands for; one that does not fit stays text, and is refused as that. */
function readValue({ type }: ParameterDeclaration, text: string): unknown {
  switch (type) {
    case 'number':
      return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text)
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text
    case 'string[]':
      return text === '' ? [] : text.split(',').map(item => item.trim())
    case 'string':
    case 'kubernetes-version':
      return text
  }
}
