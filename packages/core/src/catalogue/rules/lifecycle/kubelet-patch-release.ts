// Rule: a node's kubelet is of a recent patch release.

import { parseFullVersion, readNode } from '../../../kube/kinds/node.ts'
import { currencyOf } from '../../../kube/lifecycle/patch-releases.ts'
import { defineRule } from '../../../model/rule.ts'
import { node } from '../../../samples/nodes.ts'
import { object } from '../../../samples/objects.ts'

const path = 'status.nodeInfo.kubeletVersion'
const kubelet = (kubeletVersion: string) => node({ kubeletVersion })

export const rule = defineRule({
  id: 'kubelet-patch-release',
  title: 'A node’s kubelet is of a recent patch release',
  severity: 'medium',
  // What came out after the catalogue was made is not known, and a scan that cannot tell is no clean one.
  defaultEnabled: false,
  subject: 'Node',
  dated: true,
  absent: 'not-collected',
  parameters: {
    days: {
      type: 'number',
      default: 60,
      description: 'How many days after it came out a patch release must be installed.',
    },
  },
  rationale: 'Patch releases close holes, and say in public what they close.',
  remediation: 'Install the newest patch release of the minor version, on control planes and nodes.',
  references: ['https://kubernetes.io/releases/patch-releases/'],

  *violations(resource, { parameters, occasion }) {
    const written = readNode(resource).status?.nodeInfo?.kubeletVersion
    const version = parseFullVersion(written ?? '')
    if (!version) return
    const currency = currencyOf(version.minor, version.patch, occasion.day, parameters.days)
    if (currency.state === 'behind')
      yield {
        path,
        actual: written,
        expected: `${currency.newest}, which came out on ${currency.released}, or newer`,
      }
  },

  unseen(resource, { parameters, occasion }) {
    const version = parseFullVersion(readNode(resource).status?.nodeInfo?.kubeletVersion ?? '')
    if (!version) return 'the node does not tell the version of its kubelet'
    const currency = currencyOf(version.minor, version.patch, occasion.day, parameters.days)
    return currency.state === 'unknown' ? currency.why : undefined
  },

  examples: {
    fail: {
      'a patch of long ago': { given: kubelet('v1.33.1'), occasion: { day: '2026-08-22' }, at: [path] },
      'one behind, a day too late': { given: kubelet('v1.36.3'), occasion: { day: '2026-10-20' } },
      'one behind, two days too late': { given: kubelet('v1.36.3'), occasion: { day: '2026-10-21' } },
      'one behind, where days count': {
        given: kubelet('v1.36.3'),
        occasion: { day: '2026-08-22' },
        parameters: { days: 1 },
      },
      'an old version’s last but one': { given: kubelet('v1.28.14'), occasion: { day: '2026-12-24' } },
    },
    pass: {
      'the newest': { given: kubelet('v1.36.4'), occasion: { day: '2026-08-22' } },
      'one behind for some days': { given: kubelet('v1.36.3'), occasion: { day: '2026-10-19' } },
      'the last of an old version': { given: kubelet('v1.28.15'), occasion: { day: '2030-01-01' } },
      'newer than any known, soon after': { given: kubelet('v1.37.0'), occasion: { day: '2026-09-22' } },
    },
    notEvaluated: {
      'the newest known, a year later': { given: kubelet('v1.36.4'), occasion: { day: '2027-08-22' } },
      'a version that is not known, a year later': {
        given: kubelet('v1.38.2'),
        occasion: { day: '2027-08-22' },
      },
      'nothing said': { given: object('v1', 'Node') },
      'a status that says nothing': { given: object('v1', 'Node', {}, { status: {} }) },
    },
  },
})
