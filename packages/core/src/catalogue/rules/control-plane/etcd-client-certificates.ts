// Rule: etcd asks its clients for certificates.

import { componentPod, etcd, scripted, word } from './component-pods.ts'
import { unless } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'etcd-client-certificates',
  title: 'Etcd asks its clients for certificates',
  severity: 'high',
  component: 'etcd',
  flags: ['client-cert-auth'],
  rationale:
    'Whoever reaches an etcd that asks for no certificate reads and writes all of the cluster, past the API server.',
  remediation: 'Start etcd with --client-cert-auth=true and --trusted-ca-file.',
  references: ['https://etcd.io/docs/v3.6/op-guide/security/'],

  faults: flags => unless(flags, 'client-cert-auth', true),

  examples: {
    fail: {
      'not given, which means no': { given: etcd(), at: [word(1)] },
      off: { given: etcd('--client-cert-auth=false'), at: [word(1)] },
      'the other one alone': { given: etcd('--peer-client-cert-auth=true') },
      'behind a word that ends the flags': { given: etcd('true', '--client-cert-auth=true') },
    },
    pass: {
      on: { given: etcd('--client-cert-auth=true') },
      bare: { given: etcd('--client-cert-auth') },
      'by the environment': {
        given: componentPod('etcd', [], { env: [{ name: 'ETCD_CLIENT_CERT_AUTH', value: 'true' }] }),
      },
    },
    notEvaluated: {
      'a file of flags': { given: etcd('--config-file=/etc/etcd.yaml') },
      'a shell script starts it': { given: scripted('etcd') },
    },
  },
})
