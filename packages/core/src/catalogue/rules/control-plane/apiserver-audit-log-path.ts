// Rule: the API server writes an audit log.

import { apiServer, scripted, word } from './component-pods.ts'
import { withoutFile } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-audit-log-path',
  title: 'The API server writes an audit log',
  severity: 'medium',
  component: 'kube-apiserver',
  flags: ['audit-log-path'],
  rationale: 'Without an audit log nobody can tell afterwards who did what in the cluster.',
  remediation:
    'Start kube-apiserver with --audit-policy-file and --audit-log-path (- for standard output), and mount the directory from the host.',
  references: ['https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/'],

  faults: flags => withoutFile(flags, 'audit-log-path'),

  examples: {
    fail: {
      'not given': { given: apiServer(), at: [word(1)] },
      empty: { given: apiServer('--audit-log-path=') },
      'a policy alone, which writes nothing': { given: apiServer('--audit-policy-file=/etc/audit.yaml') },
      'a webhook alone': { given: apiServer('--audit-webhook-config-file=/etc/audit-webhook.yaml') },
    },
    pass: {
      'a file': { given: apiServer('--audit-log-path=/var/log/audit.log') },
      'standard output': { given: apiServer('--audit-log-path=-') },
      'standard output, in two words': { given: apiServer('--audit-log-path', '-') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
