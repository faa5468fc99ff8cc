// Rule: no probe or lifecycle hook sends the kubelet to a host of its choice.

import { removeAt } from '../../../kube/patch.ts'
import { isFrom } from '../../../model/kubernetes-version.ts'
import type { Probe } from '../../../model/pod-spec.ts'
import type { Container } from '../../../model/pod-template.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, podWith, podWithEphemeral, podWithInit } from '../../../samples/pods.ts'
import { firstMinor, versionParameter } from './policy-version.ts'
import { containersAtFault, nameContainers, plural, quoteAll, sortedSet, valuesOf } from './wording.ts'

/** What the kubelet asks or dials for a container, by the field that says so. */
const handlers: readonly (readonly [
  field: string,
  handlerOf: (container: Container) => Probe | undefined,
])[] = [
  ['livenessProbe', container => container.livenessProbe],
  ['readinessProbe', container => container.readinessProbe],
  ['startupProbe', container => container.startupProbe],
  ['lifecycle.postStart', container => container.lifecycle?.postStart],
  ['lifecycle.preStop', container => container.lifecycle?.preStop],
]
const actions = ['httpGet', 'tcpSocket'] as const

const metadataService = '169.254.169.254'
const asks = (host: string) => ({ httpGet: { host, port: 80, path: '/' } })
const dials = (host: string) => ({ tcpSocket: { host, port: 22 } })

export const rule = defineRule({
  id: 'probe-host',
  title: 'No probe or lifecycle hook names a host',
  severity: 'medium',
  subject: 'PodTemplate',
  parameters: { version: versionParameter },
  rationale:
    'The kubelet runs probes and hooks from the network of the node, so a named host lets whoever writes the pod ask services through it that only nodes may reach.',
  remediation:
    'Leave host unset, so that the pod itself is asked; give a virtual host name as the header Host in httpGet.httpHeaders.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  faultFields: ['host'],

  *violations(pod) {
    for (const container of pod.containers)
      for (const [field, handlerOf] of handlers) {
        const handler = handlerOf(container)
        if (handler === undefined) continue
        for (const action of actions) {
          const host = handler[action]?.host
          if (host)
            yield {
              path: `${container.path}.${field}.${action}.host`,
              actual: host,
              expected: 'unset',
              discriminator: container.name,
            }
        }
      }
  },

  fix: (violation, pod) => removeAt(pod.resource, violation.path),

  admission: {
    check: 'hostProbesAndHostLifecycle',
    denial(pod, violations, { version }) {
      if (!isFrom(version, firstMinor.hostProbesAndHostLifecycle)) return undefined
      const names = sortedSet(containersAtFault(pod, violations).map(({ name }) => name))
      const hosts = valuesOf(violations)
      const use = plural(names.length, 'uses', 'use')
      const what = plural(hosts.length, 'probe or lifecycle host', 'probe or lifecycle hosts')
      return {
        reason: 'probe or lifecycle host',
        detail: `${nameContainers(names)} ${use} ${what} ${quoteAll(hosts)}`,
      }
    },
  },

  examples: {
    fail: {
      'a liveness probe': {
        given: podWith({ livenessProbe: asks(metadataService) }),
        at: ['spec.containers[0].livenessProbe.httpGet.host'],
      },
      'a readiness and a startup probe': {
        given: podWith({}, { readinessProbe: dials('127.0.0.1'), startupProbe: asks('localhost') }),
        at: [
          'spec.containers[1].readinessProbe.tcpSocket.host',
          'spec.containers[1].startupProbe.httpGet.host',
        ],
      },
      'lifecycle hooks': {
        given: podWith({ lifecycle: { postStart: asks('10.0.0.1'), preStop: dials('10.0.0.1') } }),
        at: [
          'spec.containers[0].lifecycle.postStart.httpGet.host',
          'spec.containers[0].lifecycle.preStop.tcpSocket.host',
        ],
      },
      'a sidecar': { given: podWithInit({ restartPolicy: 'Always', startupProbe: dials('db.internal') }) },
      'an ephemeral container': { given: podWithEphemeral({ livenessProbe: asks(metadataService) }) },
      'in a CronJob': { given: cronJob({ containers: [container({ livenessProbe: dials('db') })] }) },
      'before 1.34, when admission did not look': {
        given: podWith({ livenessProbe: asks(metadataService) }),
        parameters: { version: '1.33' },
      },
    },
    pass: {
      'no probes': { given: podWith({}) },
      'a probe without a host': { given: podWith({ livenessProbe: { httpGet: { port: 80, path: '/' } } }) },
      'an empty host': { given: podWith({ readinessProbe: asks('') }) },
      'a command': { given: podWith({ lifecycle: { preStop: { exec: { command: ['sleep', '5'] } } } }) },
    },
  },
})
