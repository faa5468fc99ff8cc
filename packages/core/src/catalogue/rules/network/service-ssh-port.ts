// Rule: no Service leads to an SSH server.

import { readService } from '../../../kube/kinds/service.ts'
import { defineRule } from '../../../model/rule.ts'
import { service } from '../../../samples/network.ts'
import { object } from '../../../samples/objects.ts'

const ports = (...ports: object[]) => service({ ports })

export const rule = defineRule({
  id: 'service-ssh-port',
  title: 'No Service leads to an SSH server',
  severity: 'medium',
  subject: 'Service',
  parameters: {
    ports: {
      type: 'string[]',
      default: ['22', '2222'],
      description: 'The ports that SSH servers listen on.',
    },
  },
  rationale:
    'A shell inside a pod goes round the API server: no rights are asked for there, and no audit log tells of it.',
  remediation:
    'Remove the port, and the SSH server from the image; kubectl exec does the same under the rights and the audit log of the cluster.',
  references: ['https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/'],

  *violations(resource, { parameters }) {
    for (const [index, { port, targetPort, protocol }] of (
      readService(resource).spec?.ports ?? []
    ).entries()) {
      if (protocol !== undefined && protocol !== 'TCP') continue
      for (const [field, value] of Object.entries({ port, targetPort }))
        if (value !== undefined && parameters.ports.includes(String(value)))
          yield { path: `spec.ports[${index}].${field}`, actual: value, expected: 'no port of SSH' }
    }
  },

  examples: {
    fail: {
      'the port': { given: ports({ port: 22, targetPort: 8022 }), at: ['spec.ports[0].port'] },
      'the port behind another': {
        given: ports({ port: 80 }, { port: 8022, targetPort: 22 }),
        at: ['spec.ports[1].targetPort'],
      },
      'a port that SSH often moves to': { given: ports({ port: 2222, protocol: 'TCP' }) },
      'a target in quotes': { given: ports({ port: 80, targetPort: '22' }) },
      'another port that is named': { given: ports({ port: 2022 }), parameters: { ports: ['2022'] } },
    },
    pass: {
      'another port': { given: service() },
      'no ports': { given: service({ ports: [] }) },
      'a port that only contains the number': { given: ports({ port: 8022, targetPort: 10022 }) },
      UDP: { given: ports({ port: 22, protocol: 'UDP' }) },
      'no spec at all': { given: object('v1', 'Service') },
      'no list of ports': { given: service({ ports: undefined }) },
    },
  },
})
