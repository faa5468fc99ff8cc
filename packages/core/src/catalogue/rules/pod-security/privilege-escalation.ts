// Rule: no process of a container can gain more privileges than its parent.

import { setAt } from '../../../kube/patch.ts'
import { isFrom } from '../../../model/kubernetes-version.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, deployment, pod, podWith, podWithEphemeral } from '../../../samples/pods.ts'
import { firstMinor, isExemptOnWindows, versionParameter } from './policy-version.ts'
import { containersNamed } from './wording.ts'

const allows = (allowPrivilegeEscalation: boolean) => ({ securityContext: { allowPrivilegeEscalation } })
const windows = { os: { name: 'windows' } }

export const rule = defineRule({
  id: 'privilege-escalation',
  title: 'No container allows privilege escalation',
  severity: 'medium',
  subject: 'PodTemplate',
  appliesTo: { kubernetes: { min: '1.8' } },
  parameters: {
    version: versionParameter,
    whenUnset: {
      type: 'string',
      default: 'fail',
      oneOf: ['fail', 'pass'],
      description: 'What a container that says nothing comes to; Kubernetes then allows escalation.',
    },
  },
  rationale:
    'A process that was started without privileges can get them through setuid programs in the image unless the kernel is told to refuse.',
  remediation: 'Set securityContext.allowPrivilegeEscalation to false for each container.',
  references: [
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
    'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  ],

  *violations(pod, { parameters: { version, whenUnset } }) {
    if (isExemptOnWindows(pod, version)) return
    for (const { path, name, securityContext } of pod.containers) {
      const allowed = securityContext?.allowPrivilegeEscalation
      if (allowed === undefined ? whenUnset === 'fail' : allowed)
        yield {
          path: `${path}.securityContext.allowPrivilegeEscalation`,
          actual: allowed,
          expected: 'false',
          discriminator: name,
        }
    }
  },

  /** None where the API server would refuse it: for Windows, and beside settings that give privileges outright. */
  fix(violation, pod) {
    const container = pod.containers.find(({ path }) => violation.path.startsWith(`${path}.`))
    const { privileged, capabilities } = container?.securityContext ?? {}
    const contradicts = privileged === true || capabilities?.add?.includes('CAP_SYS_ADMIN') === true
    return pod.os === 'windows' || contradicts ? [] : setAt(pod.resource, violation.path, false)
  },

  admission: {
    check: 'allowPrivilegeEscalation',
    denial: (pod, violations, { version }) =>
      isFrom(version, firstMinor.allowPrivilegeEscalation)
        ? {
            reason: 'allowPrivilegeEscalation != false',
            detail: `${containersNamed(pod, violations)} must set securityContext.allowPrivilegeEscalation=false`,
          }
        : undefined,
  },

  examples: {
    fail: {
      'said to be true': {
        given: podWith(allows(true)),
        at: ['spec.containers[0].securityContext.allowPrivilegeEscalation'],
      },
      'nothing said': { given: podWith({}) },
      'the second of two': {
        given: podWith(allows(false), {}),
        at: ['spec.containers[1].securityContext.allowPrivilegeEscalation'],
      },
      'an init container': {
        given: pod({
          containers: [container(allows(false))],
          initContainers: [container({ name: 'init' })],
        }),
        at: ['spec.initContainers[0].securityContext.allowPrivilegeEscalation'],
      },
      'an ephemeral container': { given: podWithEphemeral(allows(true)) },
      'in a Deployment': { given: deployment() },
      'said to be true, where silence will do': {
        given: podWith(allows(true)),
        parameters: { whenUnset: 'pass' },
      },
      'a Windows pod before 1.25': {
        given: pod(windows),
        parameters: { version: '1.24' },
        mended: false,
      },
      'nothing said beside other settings': {
        given: podWith({ securityContext: { capabilities: { drop: ['ALL'] } } }),
      },
      'beside privileged, where the API server refuses anything else': {
        given: podWith({}, { securityContext: { privileged: true } }),
        at: [
          'spec.containers[0].securityContext.allowPrivilegeEscalation',
          'spec.containers[1].securityContext.allowPrivilegeEscalation',
        ],
        mended: false,
      },
      'beside CAP_SYS_ADMIN, where it does so too': {
        given: podWith({ securityContext: { capabilities: { add: ['CAP_SYS_ADMIN'] } } }),
        mended: false,
      },
    },
    pass: {
      'said to be false': { given: podWith(allows(false)) },
      'said to be false by all': { given: podWith(allows(false), allows(false)) },
      'nothing said, where silence will do': { given: podWith({}), parameters: { whenUnset: 'pass' } },
      'a Windows pod': { given: pod(windows), parameters: { version: '1.25' } },
    },
  },
})
