// Rule: etcd does not sign its own certificates for other members.

import { componentPod, etcd, scripted, word } from './component-pods.ts'
import { unless } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'etcd-peer-auto-tls',
  title: 'Etcd does not sign its own certificates for other members',
  severity: 'medium',
  component: 'etcd',
  flags: ['peer-auto-tls'],
  rationale: 'Members cannot check certificates that they made for themselves, so anybody may pose as one.',
  remediation: 'Start etcd without --peer-auto-tls, and give it certificates of an authority.',
  references: ['https://etcd.io/docs/v3.6/op-guide/security/'],

  faults: flags => unless(flags, 'peer-auto-tls', false),

  examples: {
    fail: {
      on: { given: etcd('--peer-auto-tls=true'), at: [word(1)] },
      bare: { given: etcd('--v2', '--peer-auto-tls'), at: [word(2)] },
      'by the environment': {
        given: componentPod('etcd', [], { env: [{ name: 'ETCD_PEER_AUTO_TLS', value: 'true' }] }),
        at: ['spec.containers[0].env[0].value'],
      },
    },
    pass: {
      'not given, which means off': { given: etcd() },
      off: { given: etcd('--peer-auto-tls=false') },
      'off on the command line, whatever the environment says': {
        given: componentPod('etcd', ['--peer-auto-tls=false'], {
          env: [{ name: 'ETCD_PEER_AUTO_TLS', value: 'true' }],
        }),
      },
    },
    notEvaluated: {
      'a file of flags': { given: etcd('--config-file=/etc/etcd.yaml') },
      'a shell script starts it': { given: scripted('etcd') },
    },
  },
})
