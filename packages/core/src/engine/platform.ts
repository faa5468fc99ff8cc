// Platform: which editions and controls a cluster's distribution and provider leave without sense.

import type { Control, Edition } from '../model/benchmark.ts'
import type { Scope } from '../model/snapshot.ts'

type Platform = Pick<Scope, 'provider' | 'distribution'>

/** The providers that run the control plane themselves; on OpenShift and self-made clusters it is the owner's. */
const managed: Readonly<Record<string, string>> = { eks: 'AWS', gke: 'Google', aks: 'Microsoft' }

/** Why a control says nothing about this cluster; undefined where it does, and where nobody knows what cluster it is. */
export function outsidePlatform(edition: Edition, control: Control, scope: Platform): string | undefined {
  const { provider, distribution } = scope
  const own = [distribution, provider].filter(name => name !== undefined)
  const { distributions } = edition
  if (distributions && own.length > 0 && !own.some(name => distributions.includes(name)))
    return `the edition is for ${distributions.join(', ')}, this is ${own[0]}`
  const runner = managed[provider ?? '']
  if (runner === undefined) return undefined
  if (control.part === 'control-plane') return `provider-managed: ${runner} runs the control plane`
  if (control.part === 'node' && distribution === 'gke-autopilot')
    return `provider-managed: ${runner} runs the nodes`
  return undefined
}
