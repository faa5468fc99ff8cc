// Rule: the cluster runs a minor version of Kubernetes that still gets fixes.

import { parseFullVersion } from '../../../kube/kinds/node.ts'
import { nameOfSupplier, supportOf } from '../../../kube/lifecycle/support.ts'
import { defineRule, type Occasion } from '../../../model/rule.ts'
import { namespace } from '../../../samples/objects.ts'
import { supportParameter } from './support-parameter.ts'

const kubeSystem = namespace({ name: 'kube-system' })
const cluster = (kubernetesVersion: string, day: string, provider?: Occasion['provider']) =>
  ({ scope: 'cluster', kubernetesVersion, day, ...(provider && { provider }) }) as const

export const rule = defineRule({
  id: 'supported-kubernetes-version',
  title: 'The cluster runs a version of Kubernetes that gets fixes',
  severity: 'medium',
  subject: 'Namespace',
  appliesTo: { clusters: true },
  dated: true,
  absent: 'not-collected',
  parameters: { support: supportParameter },
  rationale: 'Holes found after the end of support stay open for everybody to use.',
  remediation: 'Upgrade the control plane, one minor version after the other, to one that is supported.',
  references: ['https://kubernetes.io/releases/', 'https://kubernetes.io/releases/version-skew-policy/'],

  // One namespace stands for the cluster.
  concerns: resource => resource.metadata.name === 'kube-system',

  *violations(resource, { parameters, occasion }) {
    const version = parseFullVersion(occasion.kubernetesVersion ?? '')
    if (!version) return
    const supplier = occasion.provider ?? 'kubernetes'
    const support = supportOf(version.minor, occasion.day, supplier)
    const name = nameOfSupplier(supplier)
    if (support.state === 'ended' || (support.state === 'extended' && parameters.support === 'standard'))
      yield {
        path: 'metadata.name',
        actual: resource.metadata.name,
        expected:
          support.state === 'ended'
            ? `a cluster of a version that ${name} supports; 1.${version.minor} has had no fixes since ${support.since ?? 'long ago'}`
            : `a cluster of a version in ${name}’s standard support; 1.${version.minor} is in extended support`,
      }
  },

  unseen(_, { occasion }) {
    const version = parseFullVersion(occasion.kubernetesVersion ?? '')
    if (!version) return 'the version of the API server is not known'
    const support = supportOf(version.minor, occasion.day, occasion.provider ?? 'kubernetes')
    return support.state === 'unknown' ? support.why : undefined
  },

  examples: {
    fail: {
      'a version of long ago': {
        given: kubeSystem,
        occasion: cluster('1.30.4', '2026-08-22'),
        at: ['metadata.name'],
      },
      'the day after the last': { given: kubeSystem, occasion: cluster('1.34.4', '2026-10-28') },
      'on EKS, after extended support': {
        given: kubeSystem,
        occasion: cluster('1.31.4-eks-1a2b', '2026-11-27', 'eks'),
      },
      'on EKS, in extended support, where that does not count': {
        given: kubeSystem,
        occasion: cluster('1.32.4', '2026-08-22', 'eks'),
        parameters: { support: 'standard' },
      },
    },
    pass: {
      'the newest': { given: kubeSystem, occasion: cluster('1.36.1', '2026-08-22') },
      'on the last day': { given: kubeSystem, occasion: cluster('1.34.4', '2026-10-27') },
      'on EKS, in extended support': { given: kubeSystem, occasion: cluster('1.32.4', '2026-08-22', 'eks') },
      'newer than any known, within a year': {
        given: kubeSystem,
        occasion: cluster('1.38.0', '2027-08-22'),
      },
    },
    notApplicable: { 'a set of files': { given: kubeSystem } },
    notEvaluated: {
      'a version that is not known': { given: kubeSystem, occasion: { scope: 'cluster' } },
      'on AKS, where longer support can be chosen': {
        given: kubeSystem,
        occasion: cluster('1.32.4', '2026-08-22', 'aks'),
      },
      'newer than any known, later': { given: kubeSystem, occasion: cluster('1.38.0', '2027-08-23') },
    },
    unconcerned: { 'another namespace': { given: namespace() } },
  },
})
