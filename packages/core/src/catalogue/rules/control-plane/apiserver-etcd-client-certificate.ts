// Rule: the API server shows etcd a client certificate.

import { apiServer, scripted, word } from './component-pods.ts'
import { withoutFile } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-etcd-client-certificate',
  title: 'The API server shows etcd a client certificate',
  severity: 'medium',
  component: 'kube-apiserver',
  flags: ['etcd-certfile', 'etcd-keyfile'],
  rationale:
    'etcd holds all of the cluster; where the API server needs no certificate to read it, others need none either.',
  remediation:
    'Start kube-apiserver with --etcd-certfile and --etcd-keyfile, and let etcd ask for client certificates.',
  references: [
    'https://kubernetes.io/docs/tasks/administer-cluster/configure-upgrade-etcd/#securing-etcd-clusters',
  ],

  faults: flags => withoutFile(flags, 'etcd-certfile', 'etcd-keyfile'),

  examples: {
    fail: {
      'not given': { given: apiServer(), at: [word(1), word(1)] },
      empty: { given: apiServer('--etcd-certfile=') },
      'something else alone': { given: apiServer('--etcd-cafile=/pki/x') },
      'one of two': { given: apiServer('--etcd-certfile=/pki/x'), at: [word(2)] },
    },
    pass: {
      given: { given: apiServer('--etcd-certfile=/pki/etcd-certfile', '--etcd-keyfile=/pki/etcd-keyfile') },
      'in two words': {
        given: apiServer('--etcd-certfile', '/pki/etcd-certfile', '--etcd-keyfile', '/pki/etcd-keyfile'),
      },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
