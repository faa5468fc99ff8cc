// Rule: a node's kubelet is of a minor version that still gets fixes.

import { type Node, parseFullVersion, providerOf, readNode } from '../../../kube/kinds/node.ts'
import { nameOfSupplier, type Support, supportOf } from '../../../kube/lifecycle/support.ts'
import type { Supplier } from '../../../kube/lifecycle/support-dates.ts'
import { defineRule, type Occasion } from '../../../model/rule.ts'
import { node } from '../../../samples/nodes.ts'
import { object } from '../../../samples/objects.ts'
import { supportParameter } from './support-parameter.ts'

const on = (day: string) => ({ day })
const kubelet = (kubeletVersion: string) => node({ kubeletVersion })

export const rule = defineRule({
  id: 'supported-kubelet-version',
  title: 'A node’s kubelet is of a version that gets fixes',
  severity: 'medium',
  subject: 'Node',
  dated: true,
  absent: 'not-collected',
  parameters: { support: supportParameter },
  rationale:
    'The kubelet starts every container of its node; holes that are found after the end of support stay open in it.',
  remediation: 'Upgrade the nodes after the control plane; replace those of old node groups.',
  references: ['https://kubernetes.io/releases/', 'https://kubernetes.io/releases/version-skew-policy/'],

  *violations(resource, { parameters, occasion }) {
    const reading = read(readNode(resource), occasion)
    if (!reading) return
    const { minor, written, supplier, support } = reading
    const isShort = support.state === 'extended' && parameters.support === 'standard'
    if (support.state !== 'ended' && !isShort) return
    const since = support.state === 'ended' ? (support.since ?? 'long ago') : undefined
    yield {
      path: 'status.nodeInfo.kubeletVersion',
      actual: written,
      expected: `a version that ${nameOfSupplier(supplier)} supports; 1.${minor} ${since ? `has had no fixes since ${since}` : 'is in extended support'}`,
    }
  },

  unseen(resource, { occasion }) {
    const reading = read(readNode(resource), occasion)
    if (!reading) return 'the node does not tell the version of its kubelet'
    return reading.support.state === 'unknown' ? reading.support.why : undefined
  },

  examples: {
    fail: {
      'a version of long ago': {
        given: kubelet('v1.25.4'),
        occasion: on('2026-08-22'),
        at: ['status.nodeInfo.kubeletVersion'],
      },
      'before there were dates': { given: kubelet('v1.1.4'), occasion: on('2026-08-22') },
      'the day after the last': { given: kubelet('v1.34.4'), occasion: on('2026-10-28') },
      'on GKE, after its extended channel': {
        given: kubelet('v1.29.15-gke.2725000'),
        occasion: on('2026-08-22'),
      },
      'on EKS, in extended support, where that does not count': {
        given: kubelet('v1.32.4-eks-1a2b'),
        occasion: on('2026-08-22'),
        parameters: { support: 'standard' },
      },
    },
    pass: {
      'the newest': { given: kubelet('v1.36.4'), occasion: on('2026-08-22') },
      'on the last day': { given: kubelet('v1.34.4'), occasion: on('2026-10-27') },
      'on EKS, in extended support': { given: kubelet('v1.32.4-eks-1a2b'), occasion: on('2026-08-22') },
      'on EKS, which the node does not show': {
        given: kubelet('v1.32.4'),
        occasion: { day: '2026-08-22', provider: 'eks' },
      },
    },
    notEvaluated: {
      'nothing said': { given: object('v1', 'Node') },
      'in a cluster that hides what it is': {
        given: kubelet('v1.34.4'),
        occasion: { day: '2026-12-01', scope: 'cluster' },
      },
      'a word that is no version': { given: kubelet('latest') },
      'on OpenShift, where longer support can be bought': {
        given: node({ kubeletVersion: 'v1.31.4' }, { labels: { 'node.openshift.io/os_id': 'rhel' } }),
        occasion: on('2026-12-01'),
      },
    },
  },
})

function read(own: Node, occasion: Occasion) {
  const written = own.status?.nodeInfo?.kubeletVersion
  const version = parseFullVersion(written ?? '')
  if (!version) return undefined
  const known = providerOf(own) ?? occasion.provider
  const supplier: Supplier = known ?? 'kubernetes'
  // A server that hides its version hides who made it, too.
  const support: Support =
    known === undefined && occasion.scope === 'cluster' && occasion.kubernetesVersion === undefined
      ? {
          state: 'unknown',
          why: 'who gives it its fixes is not known, since the server does not tell what it is',
        }
      : supportOf(version.minor, occasion.day, supplier)
  return { ...version, written, supplier, support }
}
