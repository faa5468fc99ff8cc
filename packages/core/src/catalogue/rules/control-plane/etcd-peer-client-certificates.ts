// Rule: etcd asks other members for certificates.

import { componentPod, etcd, scripted, word } from './component-pods.ts'
import { unless } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'etcd-peer-client-certificates',
  title: 'Etcd asks other members for certificates',
  severity: 'high',
  component: 'etcd',
  flags: ['peer-client-cert-auth'],
  rationale: 'Whoever can join etcd as a member gets a copy of all of the cluster.',
  remediation: 'Start etcd with --peer-client-cert-auth=true and --peer-trusted-ca-file.',
  references: ['https://etcd.io/docs/v3.6/op-guide/security/'],

  faults: flags => unless(flags, 'peer-client-cert-auth', true),

  examples: {
    fail: {
      'not given, which means no': { given: etcd(), at: [word(1)] },
      off: { given: etcd('--peer-client-cert-auth=false'), at: [word(1)] },
      'the other one alone': { given: etcd('--client-cert-auth=true') },
      'behind a word that ends the flags': { given: etcd('true', '--peer-client-cert-auth=true') },
    },
    pass: {
      on: { given: etcd('--peer-client-cert-auth=true') },
      bare: { given: etcd('--peer-client-cert-auth') },
      'by the environment': {
        given: componentPod('etcd', [], { env: [{ name: 'ETCD_PEER_CLIENT_CERT_AUTH', value: 'true' }] }),
      },
    },
    notEvaluated: {
      'a file of flags': { given: etcd('--config-file=/etc/etcd.yaml') },
      'a shell script starts it': { given: scripted('etcd') },
    },
  },
})
