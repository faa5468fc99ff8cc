// Rule: a node's kubelet is no newer than the API server, and not too old for it.

import { parseFullVersion, readNode } from '../../../kube/kinds/node.ts'
import { defineRule } from '../../../model/rule.ts'
import { node } from '../../../samples/nodes.ts'
import { object } from '../../../samples/objects.ts'

const path = 'status.nodeInfo.kubeletVersion'
const kubelet = (kubeletVersion: string) => node({ kubeletVersion })
const server = (kubernetesVersion: string) => ({ scope: 'cluster', kubernetesVersion }) as const

/** How many minor versions a kubelet may be older: three, but two before 1.25. Source: kubernetes.io, "Version Skew Policy". */
const allowedLag = (minor: number) => (minor < 25 ? 2 : 3)

export const rule = defineRule({
  id: 'kubelet-version-skew',
  title: 'A node’s kubelet is of a version that the API server works with',
  severity: 'medium',
  subject: 'Node',
  appliesTo: { clusters: true },
  absent: 'not-collected',
  rationale:
    'Nobody tests a kubelet with an API server further away: fields that it does not know, security settings among them, are dropped without a word.',
  remediation: 'Upgrade the nodes to the version of the control plane; upgrade the control plane first.',
  references: ['https://kubernetes.io/releases/version-skew-policy/#kubelet'],

  *violations(resource, { occasion }) {
    const written = readNode(resource).status?.nodeInfo?.kubeletVersion
    const kubeletVersion = parseFullVersion(written ?? '')
    const apiServer = parseFullVersion(occasion.kubernetesVersion ?? '')
    if (!kubeletVersion || !apiServer) return
    const lag = apiServer.minor - kubeletVersion.minor
    if (lag >= 0 && lag <= allowedLag(kubeletVersion.minor)) return
    const oldest = apiServer.minor - allowedLag(kubeletVersion.minor)
    yield {
      path,
      actual: written,
      expected: `1.${oldest} to 1.${apiServer.minor}, as the API server is of 1.${apiServer.minor}`,
    }
  },

  unseen(resource, { occasion }) {
    if (!parseFullVersion(occasion.kubernetesVersion ?? ''))
      return 'the version of the API server is not known'
    return parseFullVersion(readNode(resource).status?.nodeInfo?.kubeletVersion ?? '')
      ? undefined
      : 'the node does not tell the version of its kubelet'
  },

  examples: {
    fail: {
      'four older': { given: kubelet('v1.30.14'), occasion: server('1.34.4'), at: [path] },
      'three older, before 1.25': { given: kubelet('v1.24.17'), occasion: server('1.27.3') },
      newer: { given: kubelet('v1.35.0'), occasion: server('1.34.4') },
    },
    pass: {
      'the same': { given: kubelet('v1.34.1-eks-1a2b'), occasion: server('1.34.4') },
      'three older': { given: kubelet('v1.31.14'), occasion: server('1.34.4') },
      'two older, before 1.25': { given: kubelet('v1.24.17'), occasion: server('1.26.3') },
      'a newer patch': { given: kubelet('v1.34.9'), occasion: server('1.34.4') },
    },
    notApplicable: { 'a set of files': { given: kubelet('v1.20.1') } },
    notEvaluated: {
      'an API server of unknown version': { given: kubelet('v1.34.1'), occasion: { scope: 'cluster' } },
      'a node that tells no version': { given: object('v1', 'Node'), occasion: server('1.34.4') },
    },
  },
})
