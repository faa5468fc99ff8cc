// Rule: the API server has a policy of what to audit.

import { apiServer, scripted, word } from './component-pods.ts'
import { withoutFile } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-audit-policy',
  title: 'The API server has a policy of what to audit',
  severity: 'medium',
  component: 'kube-apiserver',
  flags: ['audit-policy-file'],
  rationale: 'Without a policy no event is audited, whatever log is configured.',
  remediation: 'Write an audit policy and start kube-apiserver with --audit-policy-file.',
  references: ['https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-policy'],

  faults: flags => withoutFile(flags, 'audit-policy-file'),

  examples: {
    fail: {
      'not given': { given: apiServer(), at: [word(1)] },
      'a log alone': { given: apiServer('--audit-log-path=/var/log/audit.log'), at: [word(2)] },
    },
    pass: {
      given: { given: apiServer('--audit-policy-file=/etc/audit.yaml') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
