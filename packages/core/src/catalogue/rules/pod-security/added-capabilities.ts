// Rule: no container adds a capability beyond those that container runtimes give anyway.

import { removeAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, podWith, podWithEphemeral, podWithInit } from '../../../samples/pods.ts'
import { containersNamed, quoteAll, valuesOf } from './wording.ts'

/** The capabilities that the baseline level lets a container add. Source: Pod Security Standards, since 1.0. */
const baseline = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
] as const
const isBaseline = new Set<unknown>(baseline)

const adds = (...add: string[]) => ({ securityContext: { capabilities: { add } } })

export const rule = defineRule({
  id: 'added-capabilities',
  title: 'No container adds a capability outside the allowed list',
  severity: 'high',
  subject: 'PodTemplate',
  parameters: {
    allowed: {
      type: 'string[]',
      default: baseline,
      description:
        'Capabilities that a container may add, written as Kubernetes does: NET_BIND_SERVICE, not CAP_NET_BIND_SERVICE.',
    },
  },
  rationale:
    'Capabilities such as SYS_ADMIN, NET_ADMIN or SYS_PTRACE are parts of what root can do on the node, and several of them lead to all of it.',
  remediation:
    'Take the capability out of securityContext.capabilities.add; where the process cannot do without it, keep the workload in a namespace of its own and accept the risk by an exception.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  faultFields: ['add'],

  *violations(pod, { parameters: { allowed } }) {
    for (const container of pod.containers) {
      const added = container.securityContext?.capabilities?.add
      if (added === undefined) continue
      for (let i = 0; i < added.length; i++) {
        const capability = added[i] as string
        if (!allowed.includes(capability))
          yield {
            path: `${container.path}.securityContext.capabilities.add[${i}]`,
            actual: capability,
            expected: allowed.length > 0 ? `one of ${allowed.join(', ')}` : 'no capability added',
            discriminator: container.name,
          }
      }
    }
  },

  fix: (violation, pod) => removeAt(pod.resource, violation.path),

  admission: {
    check: 'capabilities_baseline',
    denial(pod, violations) {
      const denied = violations.filter(({ actual }) => !isBaseline.has(actual))
      if (denied.length === 0) return undefined
      return {
        reason: 'non-default capabilities',
        detail: `${containersNamed(pod, denied)} must not include ${quoteAll(valuesOf(denied))} in securityContext.capabilities.add`,
      }
    },
  },

  examples: {
    fail: {
      'the only container': { given: podWith(adds('SYS_ADMIN')) },
      'one of three': {
        given: podWith(adds('CHOWN', 'NET_ADMIN', 'KILL')),
        at: ['spec.containers[0].securityContext.capabilities.add[1]'],
      },
      'NET_RAW, which runtimes give but the list has not': { given: podWith(adds('NET_RAW')) },
      'all of them': { given: podWith({}, adds('ALL')) },
      'a name with its prefix is another name': { given: podWith(adds('CAP_CHOWN')) },
      'names in lower case are other names': { given: podWith(adds('chown')) },
      'an init container': { given: podWithInit(adds('SYS_PTRACE')) },
      'an ephemeral container': { given: podWithEphemeral(adds('SYS_PTRACE')) },
      'in a CronJob': { given: cronJob({ containers: [container(adds('SYS_TIME', 'SYS_BOOT'))] }) },
      'the list made shorter': { given: podWith(adds('CHOWN')), parameters: { allowed: ['KILL'] } },
      'no list at all': { given: podWith(adds('CHOWN')), parameters: { allowed: [] } },
    },
    pass: {
      'nothing said': { given: podWith({}) },
      'an empty list': { given: podWith(adds()) },
      'all of the allowed ones': { given: podWith(adds(...baseline)) },
      'dropped, not added': {
        given: podWith({ securityContext: { capabilities: { drop: ['SYS_ADMIN'] } } }),
      },
      'the list made longer': { given: podWith(adds('NET_RAW')), parameters: { allowed: ['NET_RAW'] } },
      'capabilities without a list': { given: podWith({ securityContext: { capabilities: {} } }) },
    },
  },
})
