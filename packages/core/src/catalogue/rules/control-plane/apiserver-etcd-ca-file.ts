// Rule: the API server checks the certificate of etcd.

import { apiServer, scripted, word } from './component-pods.ts'
import { withoutFile } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-etcd-ca-file',
  title: 'The API server checks the certificate of etcd',
  severity: 'medium',
  component: 'kube-apiserver',
  flags: ['etcd-cafile'],
  rationale:
    'Without the authority of etcd’s certificates whoever gets between them can pose as etcd and read and change all of the cluster.',
  remediation: 'Start kube-apiserver with --etcd-cafile.',
  references: [
    'https://kubernetes.io/docs/tasks/administer-cluster/configure-upgrade-etcd/#securing-etcd-clusters',
  ],

  faults: flags => withoutFile(flags, 'etcd-cafile'),

  examples: {
    fail: {
      'not given': { given: apiServer(), at: [word(1)] },
      empty: { given: apiServer('--etcd-cafile=') },
      'something else alone': { given: apiServer('--client-ca-file=/pki/x') },
    },
    pass: {
      given: { given: apiServer('--etcd-cafile=/pki/etcd-cafile') },
      'in two words': { given: apiServer('--etcd-cafile', '/pki/etcd-cafile') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
