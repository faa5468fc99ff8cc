// Rule: no container takes a port of its node.

import { removeAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, deployment, podWith, podWithInit } from '../../../samples/pods.ts'
import { containersAtFault, nameContainers, plural, sortedSet } from './wording.ts'

const publishes = (...hostPorts: number[]) => ({
  ports: hostPorts.map(hostPort => ({ containerPort: 8080, hostPort })),
})

export const rule = defineRule({
  id: 'host-port',
  title: 'No container takes a port of its node',
  severity: 'medium',
  subject: 'PodTemplate',
  rationale:
    'A host port answers on every address of the node, past Services and most network policies, and ties the pod to nodes where it is free.',
  remediation: 'Leave hostPort unset and publish the port through a Service.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  faultFields: ['hostPort'],

  *violations(pod) {
    for (const { path, name, ports } of pod.containers) {
      if (ports === undefined) continue
      for (let i = 0; i < ports.length; i++) {
        const hostPort = ports[i]?.hostPort
        if (hostPort !== undefined && hostPort !== 0)
          yield {
            path: `${path}.ports[${i}].hostPort`,
            actual: hostPort,
            expected: 'unset',
            discriminator: name,
          }
      }
    }
  },

  fix: (violation, pod) => removeAt(pod.resource, violation.path),

  admission: {
    check: 'hostPorts',
    denial(pod, violations) {
      const names = containersAtFault(pod, violations).map(({ name }) => name)
      const ports = sortedSet(violations.map(({ actual }) => String(actual)))
      const use = plural(names.length, 'uses', 'use')
      return {
        reason: 'hostPort',
        detail: `${nameContainers(names)} ${use} ${plural(ports.length, 'hostPort', 'hostPorts')} ${ports.join(', ')}`,
      }
    },
  },

  examples: {
    fail: {
      'the only port': { given: podWith(publishes(8080)), at: ['spec.containers[0].ports[0].hostPort'] },
      'two ports of the second container': {
        given: podWith({}, publishes(0, 80, 443)),
        at: ['spec.containers[1].ports[1].hostPort', 'spec.containers[1].ports[2].hostPort'],
      },
      'an init container': { given: podWithInit(publishes(9000)) },
      'a sidecar': { given: podWithInit({ ...publishes(9000), restartPolicy: 'Always' }) },
      'in a Deployment': { given: deployment({ containers: [container(publishes(80))] }) },
    },
    pass: {
      'no ports': { given: podWith({}) },
      'a container port only': { given: podWith({ ports: [{ containerPort: 80 }] }) },
      'zero, which is unset': { given: podWith(publishes(0)) },
    },
  },
})
