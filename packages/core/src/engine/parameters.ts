// Parameters: the values a rule runs with, from its declared defaults, a profile and a benchmark's control.

import { type KubernetesVersion, parseKubernetesVersion } from '../model/kubernetes-version.ts'
import type { ParameterDeclaration, ParameterDeclarations, Rule } from '../model/rule.ts'

export type Settings = Readonly<Record<string, unknown>>

/** What is wrong with a value given for a parameter, as the end of a sentence; undefined when it fits. */
export function parameterFault(declaration: ParameterDeclaration, value: unknown): string | undefined {
  switch (declaration.type) {
    case 'string':
      if (typeof value !== 'string') return 'must be a text'
      return declaration.oneOf && !declaration.oneOf.includes(value)
        ? `must be one of ${declaration.oneOf.join(', ')}`
        : undefined
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : 'must be a number'
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false'
    case 'string[]':
      return Array.isArray(value) && value.every(item => typeof item === 'string')
        ? undefined
        : 'must be a list of texts'
    case 'kubernetes-version':
      return typeof value === 'string' && (value === 'cluster' || parseKubernetesVersion(value))
        ? undefined
        : 'must be a Kubernetes version in quotes, such as "1.34", or cluster'
  }
}

/** The parameters that a rule declares; none for a rule that declares none. */
export function declaredParameters(rule: Rule): ParameterDeclarations {
  return (rule.parameters ?? {}) as ParameterDeclarations
}

/**
 * The values a rule runs with: its defaults under the settings given, later ones winning. A version that is to follow a cluster of
 * unknown version is undefined. Throws on a parameter that the rule does not declare or a value that does not fit: profiles and editions
 * are checked before they come here.
 */
export function resolveParameters(
  rule: Rule,
  cluster: KubernetesVersion | undefined,
  ...layers: readonly (Settings | undefined)[]
): Settings {
  const declared = declaredParameters(rule)
  const chosen: Record<string, unknown> = {}
  for (const [name, declaration] of Object.entries(declared)) chosen[name] = declaration.default
  for (const layer of layers)
    for (const [name, value] of Object.entries(layer ?? {})) {
      const declaration = Object.hasOwn(declared, name) ? declared[name] : undefined
      if (!declaration) throw new Error(`rule ${rule.id} has no parameter ${name}`)
      const fault = parameterFault(declaration, value)
      if (fault) throw new Error(`parameter ${name} of rule ${rule.id} ${fault}`)
      chosen[name] = value
    }
  for (const [name, declaration] of Object.entries(declared))
    if (declaration.type === 'kubernetes-version')
      chosen[name] = chosen[name] === 'cluster' ? cluster : parseKubernetesVersion(chosen[name] as string)
  return chosen
}
