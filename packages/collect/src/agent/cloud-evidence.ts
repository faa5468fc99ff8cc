// Cloud evidence: what a cluster's own objects tell of where it runs: provider, region, account, and what its nodes are. No metadata service is asked.

import { isRecord, type Resource } from '@plimsoll/core'
import type { ClusterApi } from './cluster-api.ts'

interface NodeEvidence {
  readonly labels: Readonly<Record<string, string>>
  readonly providerID: string
  readonly system: string
  /** All of it as one text, so that news can be told from old. */
  readonly mark: string
}

/** Labels that platforms put on their nodes; the rest are not kept. */
const platformLabel =
  /^(?:eks\.amazonaws\.com|cloud\.google\.com|kubernetes\.azure\.com|minikube\.k8s\.io|microk8s\.io|topology\.kubernetes\.io|karpenter\.k8s\.aws)\//

export class CloudEvidence {
  private readonly known = new Map<string, NodeEvidence>()
  private issuer = ''

  /** Notes a node, or that it is gone. Says whether that changes what is known. */
  note(key: string, node: Resource | undefined): boolean {
    const before = this.known.get(key)
    if (!node) return this.known.delete(key)
    const { spec, status, metadata } = node
    const labels = Object.fromEntries(
      Object.entries(metadata.labels ?? {}).filter(([name]) => platformLabel.test(name)),
    )
    const info = isRecord(status) && isRecord(status.nodeInfo) ? status.nodeInfo : {}
    const providerID = isRecord(spec) && typeof spec.providerID === 'string' ? spec.providerID : ''
    const system = typeof info.osImage === 'string' ? info.osImage : ''
    const mark = JSON.stringify([labels, providerID, system])
    if (before?.mark === mark) return false
    this.known.set(key, { labels, providerID, system, mark })
    return true
  }

  /** Who issues the tokens of ServiceAccounts: managed clusters name project and region there. What cannot be had is not known. */
  async readIssuer(api: Pick<ClusterApi, 'getSoon'>): Promise<void> {
    const answer = await api.getSoon('/.well-known/openid-configuration')
    if (answer.ok && typeof answer.value.issuer === 'string') this.issuer = answer.value.issuer
  }

  /** Nodes as `platformOf` reads them. */
  nodes(): readonly Resource[] {
    return Array.from(this.known.values(), ({ labels, providerID }) => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { labels },
      spec: { providerID },
    }))
  }

  /** Region and account (subscription, project), as far as nodes and issuer tell. */
  place(): { readonly region?: string; readonly account?: string } {
    const fromIssuer = placeOfIssuer(this.issuer)
    let region = fromIssuer.region
    let account = fromIssuer.account
    for (const { labels, providerID } of this.known.values()) {
      region ??= labels['topology.kubernetes.io/region']
      account ??= accountOf(providerID)
      if (region !== undefined && account !== undefined) break
    }
    return { ...(region !== undefined && { region }), ...(account !== undefined && { account }) }
  }

  /** What nodes are, with how many of each: Fargate, EKS Auto Mode, Bottlerocket, Talos … */
  facts(): Readonly<Record<string, string>> {
    const counts = new Map<string, number>()
    for (const node of this.known.values()) {
      const kind = kindOf(node)
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
    }
    if (counts.size === 0) return {}
    const told = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, count]) => `${count} × ${kind}`)
    return { nodes: told.slice(0, 12).join(', ').slice(0, 1000) }
  }
}

/** Sources: EKS docs "IAM roles for service accounts" (oidc.eks.<region>), GKE docs "Workload identity" (container.googleapis.com/…). */
function placeOfIssuer(issuer: string): { readonly region?: string; readonly account?: string } {
  const eks = /^https:\/\/oidc\.eks\.([a-z0-9-]+)\.amazonaws\.com/.exec(issuer)
  if (eks?.[1] !== undefined) return { region: eks[1] }
  const gke =
    /^https:\/\/container\.googleapis\.com\/v1\/projects\/([^/]+)\/(?:locations|zones)\/([^/]+)\//.exec(
      issuer,
    )
  if (gke?.[1] !== undefined && gke[2] !== undefined)
    return { account: gke[1], region: gke[2].replace(/-[a-z]$/, '') }
  const aks = /^https:\/\/([a-z0-9]+)\.oic\.prod-aks\.azure\.com\//.exec(issuer)
  return aks?.[1] === undefined ? {} : { region: aks[1] }
}

/** Of GCE and Azure; AWS does not name the account there. Source: the providers' cloud-controller-managers. */
function accountOf(providerID: string): string | undefined {
  return (
    /^gce:\/\/([^/]+)\//.exec(providerID)?.[1] ??
    /^azure:\/\/\/subscriptions\/([^/]+)\//.exec(providerID)?.[1]
  )
}

function kindOf({ labels, system }: NodeEvidence): string {
  const compute = labels['eks.amazonaws.com/compute-type']
  if (compute === 'fargate') return 'Fargate'
  const name = /bottlerocket/i.test(system) ? 'Bottlerocket' : system.startsWith('Talos') ? 'Talos' : system
  if (compute === 'auto') return `EKS Auto Mode (${name || 'unknown system'})`
  return name || 'unknown system'
}
