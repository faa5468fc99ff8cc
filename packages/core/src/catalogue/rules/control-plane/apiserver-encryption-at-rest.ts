// Rule: the API server encrypts what it keeps in etcd.

import { apiServer, scripted, word } from './component-pods.ts'
import { withoutFile } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-encryption-at-rest',
  title: 'The API server encrypts what it keeps in etcd',
  severity: 'medium',
  component: 'kube-apiserver',
  flags: ['encryption-provider-config'],
  rationale:
    'Secrets stand in etcd and its backups as they are, readable by whoever gets the disk or the backup.',
  remediation:
    'Write an EncryptionConfiguration, best with a KMS provider, and start kube-apiserver with --encryption-provider-config.',
  references: ['https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/'],

  faults: flags => withoutFile(flags, 'encryption-provider-config'),

  examples: {
    fail: {
      'not given': { given: apiServer(), at: [word(1)] },
      empty: { given: apiServer('--encryption-provider-config=') },
      'something else alone': { given: apiServer('--etcd-cafile=/pki/x') },
    },
    pass: {
      given: { given: apiServer('--encryption-provider-config=/pki/encryption-provider-config') },
      'in two words': { given: apiServer('--encryption-provider-config', '/pki/encryption-provider-config') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
