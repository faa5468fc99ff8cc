// Rule: no container listens below port 1024.

import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, pod, podWith, podWithInit } from '../../../samples/pods.ts'

const first = 1024

export const rule = defineRule({
  id: 'privileged-port',
  title: 'No container uses a port below 1024',
  severity: 'low',
  defaultEnabled: false,
  subject: 'PodTemplate',
  appliesTo: { os: 'linux' },
  rationale:
    'Where the runtime leaves the kernel as it is, only root or NET_BIND_SERVICE may listen below port 1024, so such a port keeps images running as root. Off by default: current runtimes open these ports to every user in the pod.',
  remediation:
    'Let the program listen on a port from 1024 on, such as 8080, and map it in the Service: port 80, targetPort 8080.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/'],

  *violations(pod) {
    for (const { ports = [], path, name } of pod.containers)
      for (let i = 0; i < ports.length; i++)
        for (const field of ['containerPort', 'hostPort'] as const) {
          const number = ports[i]?.[field]
          if (number !== undefined && number > 0 && number < first)
            yield {
              path: `${path}.ports[${i}].${field}`,
              actual: number,
              expected: `${first} or above`,
              discriminator: name,
            }
        }
  },

  examples: {
    fail: {
      'the second port': {
        given: podWith({ ports: [{ containerPort: 8080 }, { containerPort: 80 }] }),
        at: ['spec.containers[0].ports[1].containerPort'],
      },
      'the highest of them': { given: podWith({ ports: [{ containerPort: 1023 }] }) },
      'on the node': {
        given: podWith({ ports: [{ containerPort: 8443, hostPort: 443 }] }),
        at: ['spec.containers[0].ports[0].hostPort'],
      },
      'a sidecar': { given: podWithInit({ restartPolicy: 'Always', ports: [{ containerPort: 80 }] }) },
      'in a CronJob': { given: cronJob({ containers: [container({ ports: [{ containerPort: 25 }] })] }) },
      'the lowest of them': { given: podWith({ ports: [{ containerPort: 1 }] }) },
    },
    pass: {
      'no ports': { given: podWith({}) },
      'the first that is free to all': { given: podWith({ ports: [{ containerPort: 1024 }] }) },
      'zero, which is none': { given: podWith({ ports: [{ containerPort: 8080, hostPort: 0 }] }) },
    },
    notApplicable: {
      'a Windows pod': {
        given: pod({ os: { name: 'windows' }, containers: [container({ ports: [{ containerPort: 80 }] })] }),
      },
    },
  },
})
