// Rule: a namespace enforces the strictest Pod Security level that breaks nothing of what runs there.

import { nameOf } from '../../../kube/asset-key.ts'
import { setAt } from '../../../kube/patch.ts'
import { childPath } from '../../../kube/path.ts'
import { podKinds, readPodTemplate } from '../../../kube/pod-template.ts'
import type { KubernetesVersion } from '../../../model/kubernetes-version.ts'
import type { Resource } from '../../../model/resource.ts'
import { defineRule, type Example, type Lookup } from '../../../model/rule.ts'
import { namespace } from '../../../samples/objects.ts'
import { deployment, pod } from '../../../samples/pods.ts'
import { podSecurityDenials } from './admission-message.ts'
import { versionParameter } from './policy-version.ts'
import {
  hardenedPod,
  refusedByBaseline,
  refusedByRestricted,
  refusedSince,
  unmaskedInUserNamespace,
} from './refused-pods.ts'

const label = 'pod-security.kubernetes.io/enforce'
const path = childPath('metadata.labels', label)
const levels = ['privileged', 'baseline', 'restricted'] as const
type Level = (typeof levels)[number]
const enforcing = (level: string) => namespace({ labels: { [label]: level } })

/** One example for each pod, in a namespace that enforces the level. */
const eachOf = (pods: Readonly<Record<string, Resource>>, level: Level): Readonly<Record<string, Example>> =>
  Object.fromEntries(
    Object.entries(pods).map(([what, one]) => [
      `${what}, where ${level} is enforced`,
      { given: enforcing(level), with: [one], mended: false },
    ]),
  )
/** One example for each check that came with a version, in that version or, `by` -1, in the one before. */
const eachSince = (by: 0 | -1): Readonly<Record<string, Example>> =>
  Object.fromEntries(
    refusedSince.map(({ what, level, minor, given }) => [
      `${what}, in 1.${minor + by}`,
      {
        given: enforcing(level === 'restricted' || by === 0 ? level : 'restricted'),
        with: [given],
        parameters: { version: `1.${minor + by}` },
        ...(by === 0 && { mended: false as const }),
      },
    ]),
  )

export const rule = defineRule({
  id: 'pod-security-readiness',
  title: 'A namespace enforces the strictest Pod Security level that what runs there meets',
  severity: 'low',
  // By default it is namespace-pod-security that says what is missing.
  defaultEnabled: false,
  subject: 'Namespace',
  appliesTo: { kubernetes: { min: '1.23' } },
  reads: podKinds,
  parameters: { version: versionParameter },
  rationale:
    'A stricter level that refuses nothing of what runs costs nothing; a level that refuses what runs breaks it when its pods are made anew.',
  remediation:
    'Set the label pod-security.kubernetes.io/enforce to the level named; mend what a stricter one would refuse, and then raise it.',
  references: [
    'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
    'https://kubernetes.io/docs/tasks/configure-pod-container/migrate-from-psp/',
  ],

  *violations(resource, { parameters: { version }, lookup }) {
    const written = resource.metadata.labels?.[label]
    const enforced = enforcedLevel(resource)
    const breaking = refusals(resource, lookup, version)
    const best = breaking.findLastIndex(list => list.length === 0)
    if (best === enforced) return
    const next = levels[best + 1]
    const wouldBreak = next ? `; ${next} would refuse ${told(breaking[best + 1] ?? [])}` : ''
    yield {
      path,
      actual: written,
      expected:
        best > enforced
          ? `${levels[best]}, which refuses nothing that runs here${wouldBreak}`
          : `${levels[best]}, until what runs here is mended${wouldBreak}`,
    }
  },

  /** Only a stricter level is safe to set by machine; what is refused now has to be mended by people. */
  fix(violation, resource, { parameters: { version }, lookup }) {
    const enforced = enforcedLevel(resource)
    const best = refusals(resource, lookup, version).findLastIndex(list => list.length === 0)
    return best > enforced ? setAt(resource, violation.path, levels[best]) : []
  },

  examples: {
    fail: {
      'nothing runs there': { given: namespace(), at: [path], mended: { [path]: 'restricted' } },
      'what runs is hardened': {
        given: enforcing('baseline'),
        with: [hardenedPod()],
        mended: { [path]: 'restricted' },
      },
      'what runs meets the baseline': { given: namespace(), with: [pod()], mended: { [path]: 'baseline' } },
      'what runs would be refused': {
        given: enforcing('restricted'),
        with: [deployment({ hostPID: true })],
        mended: false,
      },
      'what something else owns runs of itself': {
        given: enforcing('baseline'),
        with: [
          pod({
            metadata: {
              ownerReferences: [
                { kind: 'App', name: 'shop' },
                { kind: 'Node', name: 'a' },
              ],
            },
            hostPID: true,
          }),
        ],
        mended: false,
      },
      'what runs meets a weaker one': {
        given: enforcing('restricted'),
        with: [deployment()],
        mended: false,
      },
      'a word that is no level': {
        given: enforcing('Baseline'),
        with: [pod()],
        mended: { [path]: 'baseline' },
      },
      ...eachOf(refusedByBaseline, 'baseline'),
      ...eachOf(refusedByBaseline, 'restricted'),
      ...eachOf(refusedByRestricted, 'restricted'),
      ...eachSince(0),
      'an unmasked proc in a user namespace, where restricted is enforced': {
        given: enforcing('restricted'),
        with: [unmaskedInUserNamespace],
        parameters: { version: '1.35' },
        mended: false,
      },
      'an unmasked proc in a user namespace, before that counted': {
        given: enforcing('baseline'),
        with: [unmaskedInUserNamespace],
        parameters: { version: '1.34' },
        mended: false,
      },
      'what is privileged runs in another namespace': {
        given: namespace(),
        with: [pod({ metadata: { namespace: 'other' }, hostPID: true })],
      },
    },
    pass: {
      'the strictest, met': { given: enforcing('restricted'), with: [hardenedPod()] },
      'the baseline, as more would break': {
        given: enforcing('baseline'),
        with: [hardenedPod(), deployment()],
      },
      ...eachSince(-1),
      'an unmasked proc in a user namespace, where the baseline is enforced': {
        given: enforcing('baseline'),
        with: [unmaskedInUserNamespace],
        parameters: { version: '1.35' },
      },
      'no level, as any would break': { given: namespace(), with: [pod({ hostNetwork: true })] },
      'what a controller made counts by its template alone': {
        given: enforcing('baseline'),
        with: [
          deployment(),
          pod({
            metadata: {
              ownerReferences: [
                { kind: 'App', name: 'shop' },
                { kind: 'ReplicaSet', name: 'web-1', controller: true },
              ],
            },
            hostPID: true,
          }),
        ],
      },
    },
  },
})

/** What a namespace enforces, as a place in the list of levels; a word that is none enforces nothing. */
const enforcedLevel = ({ metadata: { labels } }: Resource) =>
  Math.max(levels.indexOf(labels?.[label] as Level), 0)

/** What each level would refuse of a namespace's workloads, as the admission controller judges them. */
function refusals(
  resource: Resource,
  lookup: Lookup,
  version: KubernetesVersion,
): readonly (readonly string[])[] {
  const templates = podKinds.flatMap(kind =>
    lookup.list(kind, nameOf(resource)).flatMap(workload => {
      if (workload.metadata.ownerReferences?.some(({ controller }) => controller)) return []
      const reading = readPodTemplate(workload)
      return reading.ok ? [reading.template] : []
    }),
  )
  return levels.map(level =>
    level === 'privileged'
      ? []
      : templates.flatMap(template => {
          const denials = podSecurityDenials(template, level, version)
          const { kind, metadata } = template.resource
          return denials.length === 0
            ? []
            : [`${kind} ${metadata.name ?? ''} (${denials.map(({ reason }) => reason).join(', ')})`]
        }),
  )
}

function told(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ')
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown
}
