// Rule: no container offers SSH.

import { defineRule } from '../../../model/rule.ts'
import { container, deployment, podWith, podWithInit } from '../../../samples/pods.ts'

export const rule = defineRule({
  id: 'ssh-port',
  title: 'No container offers SSH',
  severity: 'medium',
  subject: 'PodTemplate',
  parameters: {
    ports: {
      type: 'string[]',
      default: ['22'],
      description: 'The TCP ports that are taken for SSH, besides ports named ssh.',
    },
  },
  rationale:
    'An SSH server in a container is a way in beside the API server: past its users and rights, past its audit log, with keys that nobody rotates.',
  remediation:
    'Remove the port and the server; use kubectl exec or kubectl debug, which the API server authorises and records.',
  references: ['https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/'],

  *violations(pod, { parameters }) {
    for (const { ports = [], path, name } of pod.containers)
      for (let i = 0; i < ports.length; i++) {
        const port = ports[i]
        if (!port || (port.protocol ?? 'TCP') !== 'TCP') continue
        if (port.name === 'ssh' || parameters.ports.includes(String(port.containerPort)))
          yield {
            path: `${path}.ports[${i}].containerPort`,
            actual: port.containerPort,
            expected: 'no SSH port',
            discriminator: name,
          }
      }
  },

  examples: {
    fail: {
      'the second port': {
        given: podWith({ ports: [{ containerPort: 8080 }, { containerPort: 22 }] }),
        at: ['spec.containers[0].ports[1].containerPort'],
      },
      'a port of that name': { given: podWith({ ports: [{ name: 'ssh', containerPort: 2222 }] }) },
      'a sidecar': {
        given: podWithInit({ restartPolicy: 'Always', ports: [{ containerPort: 22, protocol: 'TCP' }] }),
      },
      'a port of your own, in a Deployment': {
        given: deployment({ containers: [container({ ports: [{ containerPort: 2022 }] })] }),
        parameters: { ports: ['22', '2022'] },
      },
    },
    pass: {
      'no ports': { given: podWith({}) },
      'other ports': { given: podWith({ ports: [{ containerPort: 2222 }, { containerPort: 220 }] }) },
      'port 22 of another protocol': { given: podWith({ ports: [{ containerPort: 22, protocol: 'UDP' }] }) },
      'port 22 on the node only': { given: podWith({ ports: [{ containerPort: 8080, hostPort: 22 }] }) },
    },
  },
})
