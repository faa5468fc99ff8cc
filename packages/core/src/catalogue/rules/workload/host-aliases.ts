// Rule: no pod overrides name resolution with host aliases.

import { defineRule } from '../../../model/rule.ts'
import { deployment, pod } from '../../../samples/pods.ts'

export const rule = defineRule({
  id: 'host-aliases',
  title: 'No pod brings its own host names',
  severity: 'low',
  defaultEnabled: false,
  subject: 'PodTemplate',
  rationale:
    "Entries in a pod's /etc/hosts send its traffic past DNS, past what network policies by name and logs of name servers see. Off by default: many pods have sound reasons for them.",
  remediation:
    'Remove hostAliases and give the names to the DNS server or to a Service of type ExternalName.',
  references: ['https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/'],

  *violations(pod) {
    const { hostAliases } = pod.spec
    if (hostAliases && hostAliases.length > 0)
      yield { path: `${pod.path}.hostAliases`, actual: hostAliases, expected: 'unset or empty' }
  },

  examples: {
    fail: {
      'one alias, in a Deployment': {
        given: deployment({ hostAliases: [{ ip: '10.0.0.7', hostnames: ['db'] }] }),
        at: ['spec.template.spec.hostAliases'],
      },
    },
    pass: {
      'nothing said': { given: pod() },
      'an empty list': { given: pod({ hostAliases: [] }) },
    },
  },
})
