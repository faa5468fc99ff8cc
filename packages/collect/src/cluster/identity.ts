// Identity: which cluster it is, by what no one can change, and what runs it.

import { createHash } from 'node:crypto'
import { isRecord, type Resource, type Scope } from '@plimsoll/core'
import type { Target } from './target.ts'

export interface Platform {
  readonly provider?: NonNullable<Scope['provider']>
  readonly distribution?: string
}

/** An id that stands in for the UID of kube-system where that may not be read: the same for the same server and authority. */
export function substituteId({ server, certificateAuthority = '' }: Target): string {
  const hash = createHash('sha256').update(`${server.href}\n${certificateAuthority}`).digest('hex')
  return `server-${hash.slice(0, 32)}`
}

/**
 * Provider and distribution, by the suffix of the version, by labels and providerID of nodes, by API groups, and by the
 * server's name; each of them is only there where that platform put it. Absent where nothing tells.
 */
export function platformOf(evidence: {
  readonly gitVersion: string
  readonly nodes: readonly Resource[]
  readonly groups: ReadonlySet<string>
  readonly host: string
}): Platform {
  const { gitVersion, groups, host } = evidence
  const labels = new Set<string>()
  const providerIds: string[] = []
  for (const { metadata, spec } of evidence.nodes) {
    for (const label of Object.keys(metadata.labels ?? {})) labels.add(label)
    if (isRecord(spec) && typeof spec.providerID === 'string') providerIds.push(spec.providerID)
  }
  const isOn = (scheme: string) => providerIds.some(id => id.startsWith(`${scheme}://`))
  const hasLabel = (prefix: string) => [...labels].some(label => label.startsWith(prefix))

  if (groups.has('config.openshift.io')) return { provider: 'openshift', distribution: 'openshift' }
  if (gitVersion.includes('-eks-') || hasLabel('eks.amazonaws.com/') || host.endsWith('.eks.amazonaws.com'))
    return { provider: 'eks', distribution: 'eks' }
  if (gitVersion.includes('-gke.') || hasLabel('cloud.google.com/gke-') || host.endsWith('.gke.goog')) {
    const isAutopilot = groups.has('auto.gke.io')
    return { provider: 'gke', distribution: isAutopilot ? 'gke-autopilot' : 'gke' }
  }
  if (hasLabel('kubernetes.azure.com/') || host.endsWith('.azmk8s.io'))
    return { provider: 'aks', distribution: 'aks' }

  const suffix = /[+-](k3s|rke2|k0s|vmware)/.exec(gitVersion)?.[1]
  if (suffix !== undefined) return { distribution: suffix === 'vmware' ? 'tanzu' : suffix }
  if (isOn('kind')) return { distribution: 'kind' }
  if (hasLabel('minikube.k8s.io/')) return { distribution: 'minikube' }
  if (hasLabel('microk8s.io/')) return { distribution: 'microk8s' }
  return {}
}
