// Rule: every container runs under a seccomp profile that someone asked for.

import { setAt } from '../../../kube/patch.ts'
import { valueAt } from '../../../kube/path.ts'
import { isFrom } from '../../../model/kubernetes-version.ts'
import { defineRule, type Violation } from '../../../model/rule.ts'
import { container, cronJob, pod, podWith } from '../../../samples/pods.ts'
import { firstMinor, isExemptOnWindows, versionParameter } from './policy-version.ts'
import { containersNamed, itemPath, quoteAll, settersNamed, valuesOf } from './wording.ts'

const types: readonly unknown[] = ['RuntimeDefault', 'Localhost']
const profile = (type: string) => ({ securityContext: { seccompProfile: { type } } })
const windows = { os: { name: 'windows' } }

export const rule = defineRule({
  id: 'seccomp-profile',
  title: 'Every container has a seccomp profile',
  severity: 'medium',
  subject: 'PodTemplate',
  appliesTo: { kubernetes: { min: '1.19' } },
  parameters: {
    version: versionParameter,
    allowed: {
      type: 'string[]',
      default: ['RuntimeDefault', 'Localhost'],
      description: 'Types of profile that will do.',
    },
  },
  rationale:
    'Without a profile most kubelets leave seccomp off, and a process may then call all of the kernel.',
  remediation: 'Set securityContext.seccompProfile.type to RuntimeDefault on the pod.',
  references: [
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
    'https://kubernetes.io/docs/tutorials/security/seccomp/',
  ],

  *violations(pod, { parameters: { version, allowed } }) {
    if (isExemptOnWindows(pod, version)) return
    const expected = allowed.join(' or ')
    const ofPod = pod.spec.securityContext?.seccompProfile
    if (ofPod !== undefined && !allowed.includes(ofPod.type ?? ''))
      yield { path: `${pod.path}.securityContext.seccompProfile.type`, actual: ofPod.type, expected }
    for (const { path, name, securityContext } of pod.containers) {
      const own = securityContext?.seccompProfile
      // A container without its own runs with the pod's, which is judged above.
      if (own === undefined ? ofPod === undefined : !allowed.includes(own.type ?? ''))
        yield {
          path: `${path}.securityContext.seccompProfile.type`,
          actual: own?.type,
          expected,
          discriminator: name,
        }
    }
  },

  /** Sets the whole profile: a file name left over from Localhost would make it invalid. */
  fix(violation, pod, { parameters: { allowed } }) {
    if (pod.os === 'windows' || !allowed.includes('RuntimeDefault')) return []
    const own = violation.path.slice(0, -'.type'.length)
    const isSet = valueAt(pod.resource, own) !== undefined
    const place = isSet ? own : `${pod.path}.securityContext.seccompProfile`
    return setAt(pod.resource, place, { type: 'RuntimeDefault' })
  },

  admission: {
    check: 'seccompProfile_restricted',
    denial(pod, violations, { version }) {
      if (!isFrom(version, firstMinor.seccompProfile_restricted)) return undefined
      const silent = new Set(
        pod.containers.filter(one => !one.securityContext?.seccompProfile).map(({ path }) => path),
      )
      const isUnset = (violation: Violation) => silent.has(itemPath(pod, violation) ?? '')
      const unset = violations.filter(isUnset)
      const bad = violations.filter(violation => !isUnset(violation) && !types.includes(violation.actual))
      if (bad.length > 0)
        return {
          reason: 'seccompProfile',
          detail: `${settersNamed(pod, bad)} must not set securityContext.seccompProfile.type to ${quoteAll(valuesOf(bad))}`,
        }
      if (unset.length === 0) return undefined
      return {
        reason: 'seccompProfile',
        detail: `pod or ${containersNamed(pod, unset)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
      }
    },
  },

  examples: {
    fail: {
      'nothing said': {
        given: podWith({}, {}),
        at: [
          'spec.containers[0].securityContext.seccompProfile.type',
          'spec.containers[1].securityContext.seccompProfile.type',
        ],
      },
      'one of two containers': {
        given: podWith(profile('RuntimeDefault'), {}),
        at: ['spec.containers[1].securityContext.seccompProfile.type'],
      },
      'the pod turns it off': {
        given: pod(profile('Unconfined')),
        at: ['spec.securityContext.seccompProfile.type'],
      },
      'the pod turns it off, though its container says better': {
        given: pod({ ...profile('Unconfined'), containers: [container(profile('RuntimeDefault'))] }),
        at: ['spec.securityContext.seccompProfile.type'],
      },
      'a container turns it off again': {
        given: pod({ ...profile('RuntimeDefault'), containers: [container(profile('Unconfined'))] }),
        at: ['spec.containers[0].securityContext.seccompProfile.type'],
      },
      'an init container': {
        given: pod({
          containers: [container(profile('RuntimeDefault'))],
          initContainers: [container({ name: 'init' })],
        }),
      },
      'in a CronJob': { given: cronJob() },
      'a Windows pod before 1.25': {
        given: pod(windows),
        parameters: { version: '1.24' },
        mended: false,
      },
      'only the profile of the runtime will do': {
        given: pod({ securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'mine' } } }),
        parameters: { allowed: ['RuntimeDefault'] },
      },
      'only profiles of the node will do': {
        given: podWith(profile('RuntimeDefault')),
        parameters: { allowed: ['Localhost'] },
        mended: false,
      },
    },
    pass: {
      'the pod says it for all': {
        given: pod({ ...profile('RuntimeDefault'), initContainers: [container({ name: 'init' })] }),
      },
      'each container says it': { given: podWith(profile('RuntimeDefault'), profile('Localhost')) },
      'a Windows pod': { given: pod(windows), parameters: { version: '1.25' } },
    },
  },
})
