// Rule: every container drops all capabilities and adds none back but NET_BIND_SERVICE.

import { removeAt, setAt } from '../../../kube/patch.ts'
import { isFrom } from '../../../model/kubernetes-version.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, deployment, pod, podWith, podWithEphemeral } from '../../../samples/pods.ts'
import { firstMinor, isExemptOnWindows, versionParameter } from './policy-version.ts'
import { containersNamed, quoteAll, valuesOf } from './wording.ts'

const netBindService = 'NET_BIND_SERVICE'
const sets = (capabilities: { add?: string[]; drop?: string[] }) => ({ securityContext: { capabilities } })
const good = sets({ drop: ['ALL'] })
const windows = { os: { name: 'windows' } }

export const rule = defineRule({
  id: 'restricted-capabilities',
  title: 'Every container drops all capabilities and adds back at most the allowed ones',
  severity: 'medium',
  subject: 'PodTemplate',
  parameters: {
    version: versionParameter,
    allowed: {
      type: 'string[]',
      default: [netBindService],
      description:
        'Capabilities that a container may add back; * allows any, so that only the dropping counts.',
    },
  },
  rationale:
    'A container starts with a dozen capabilities that few processes use; each is a tool for whoever takes the process over.',
  remediation:
    'Set securityContext.capabilities.drop to ["ALL"] for each container and add back only what its process needs.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],

  *violations(pod, { parameters: { version, allowed } }) {
    if (isExemptOnWindows(pod, version)) return
    for (const { path, name, securityContext } of pod.containers) {
      const dropped = securityContext?.capabilities?.drop
      if (!dropped?.includes('ALL'))
        yield {
          path: `${path}.securityContext.capabilities.drop`,
          actual: dropped,
          expected: 'a list with ALL in it',
          discriminator: name,
        }
      const added = securityContext?.capabilities?.add
      if (added === undefined || allowed.includes('*')) continue
      for (let i = 0; i < added.length; i++) {
        const capability = added[i] as string
        if (!allowed.includes(capability))
          yield {
            path: `${path}.securityContext.capabilities.add[${i}]`,
            actual: capability,
            expected: allowed.length > 0 ? `nothing but ${allowed.join(', ')}` : 'no capability added',
            discriminator: name,
          }
      }
    }
  },

  fix(violation, pod) {
    if (pod.os === 'windows') return []
    return violation.path.endsWith('.drop')
      ? setAt(pod.resource, violation.path, ['ALL'])
      : removeAt(pod.resource, violation.path)
  },

  admission: {
    check: 'capabilities_restricted',
    denial(pod, violations, { version }) {
      if (!isFrom(version, firstMinor.capabilities_restricted)) return undefined
      const missing = violations.filter(({ path }) => path.endsWith('.drop'))
      const added = violations.filter(
        ({ path, actual }) => !path.endsWith('.drop') && actual !== netBindService,
      )
      const details = [
        ...(missing.length > 0
          ? [`${containersNamed(pod, missing)} must set securityContext.capabilities.drop=["ALL"]`]
          : []),
        ...(added.length > 0
          ? [
              `${containersNamed(pod, added)} must not include ${quoteAll(valuesOf(added))} in securityContext.capabilities.add`,
            ]
          : []),
      ]
      return details.length > 0
        ? { reason: 'unrestricted capabilities', detail: details.join('; ') }
        : undefined
    },
  },

  examples: {
    fail: {
      'nothing said': { given: podWith({}), at: ['spec.containers[0].securityContext.capabilities.drop'] },
      'an empty list of capabilities': { given: podWith(sets({})) },
      'the second of two': {
        given: podWith(good, {}),
        at: ['spec.containers[1].securityContext.capabilities.drop'],
      },
      'some dropped': { given: podWith(sets({ drop: ['NET_RAW', 'CHOWN'] })) },
      'all in lower case': { given: podWith(sets({ drop: ['all'] })) },
      'all dropped, some added': {
        given: podWith(sets({ drop: ['ALL'], add: ['CHOWN', 'NET_BIND_SERVICE', 'SETUID'] })),
        at: [
          'spec.containers[0].securityContext.capabilities.add[0]',
          'spec.containers[0].securityContext.capabilities.add[2]',
        ],
      },
      'an init container': {
        given: pod({ containers: [container(good)], initContainers: [container({ name: 'init' })] }),
        at: ['spec.initContainers[0].securityContext.capabilities.drop'],
      },
      'an ephemeral container': { given: podWithEphemeral(sets({ add: ['SYS_PTRACE'] })) },
      'in a Deployment': { given: deployment() },
      'NET_BIND_SERVICE not allowed': {
        given: podWith(sets({ drop: ['ALL'], add: ['NET_BIND_SERVICE'] })),
        parameters: { allowed: [] },
      },
      'a Windows pod before 1.25': {
        given: pod(windows),
        parameters: { version: '1.24' },
        mended: false,
      },
      'other settings only': { given: podWith({ securityContext: { runAsNonRoot: true } }) },
    },
    pass: {
      'all dropped': { given: podWith(good) },
      'all dropped among others': { given: podWith(sets({ drop: ['NET_RAW', 'ALL'] })) },
      'all dropped, NET_BIND_SERVICE added': {
        given: podWith(sets({ drop: ['ALL'], add: ['NET_BIND_SERVICE'] })),
      },
      'an init container that does so too': {
        given: pod({ containers: [container(good)], initContainers: [container({ name: 'init', ...good })] }),
      },
      'any addition allowed': {
        given: podWith(sets({ drop: ['ALL'], add: ['SYS_ADMIN'] })),
        parameters: { allowed: ['*'] },
      },
      'a Windows pod': { given: pod(windows), parameters: { version: '1.25' } },
    },
  },
})
