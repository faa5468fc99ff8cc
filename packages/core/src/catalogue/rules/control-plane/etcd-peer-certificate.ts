// Rule: etcd members talk to each other over TLS.

import { componentPod, etcd, scripted, word } from './component-pods.ts'
import { withoutFile } from './faults.ts'
import { flagRule } from './flag-rule.ts'
import { isOpenPlain } from './plain-address.ts'

export const rule = flagRule({
  id: 'etcd-peer-certificate',
  title: 'Etcd members talk to each other over TLS',
  severity: 'high',
  component: 'etcd',
  flags: ['peer-cert-file', 'peer-key-file', 'listen-peer-urls'],
  rationale: 'All of the cluster, its Secrets included, passes between the members of etcd.',
  remediation:
    'Start etcd with --peer-cert-file and --peer-key-file, and with https addresses in --listen-peer-urls.',
  references: ['https://etcd.io/docs/v3.6/op-guide/security/'],

  *faults(flags) {
    yield* withoutFile(flags, 'peer-cert-file', 'peer-key-file')
    for (const url of flags.list('listen-peer-urls').value)
      if (isOpenPlain(url.value)) yield { at: url, expected: `https in --listen-peer-urls` }
  },

  examples: {
    fail: {
      'not given': { given: etcd(), at: [word(1), word(1)] },
      'a certificate without its key': { given: etcd('--peer-cert-file=/pki/x.crt'), at: [word(2)] },
      'a plain address in spite of them': {
        given: etcd(
          '--peer-cert-file=/pki/x.crt',
          '--peer-key-file=/pki/x.key',
          '--listen-peer-urls=https://127.0.0.1:1,http://10.0.0.1:1',
        ),
        at: [word(3)],
      },
      'those of the other side': { given: etcd('--cert-file=/x', '--key-file=/x') },
    },
    pass: {
      given: {
        given: etcd(
          '--peer-cert-file=/pki/x.crt',
          '--peer-key-file=/pki/x.key',
          '--listen-peer-urls=https://10.0.0.1:1',
        ),
      },
      'a plain address of the node itself': {
        given: etcd(
          '--peer-cert-file=/pki/x.crt',
          '--peer-key-file=/pki/x.key',
          '--listen-peer-urls=http://127.0.0.1:1',
        ),
      },
      'by the environment': {
        given: componentPod('etcd', [], {
          env: [
            { name: 'ETCD_PEER_CERT_FILE', value: '/x' },
            { name: 'ETCD_PEER_KEY_FILE', value: '/x' },
          ],
        }),
      },
      'with one dash, in two words': {
        given: etcd('-peer-cert-file', '/pki/x.crt', '-peer-key-file', '/pki/x.key'),
      },
    },
    notEvaluated: {
      'a file of flags': { given: etcd('--config-file=/etc/etcd.yaml') },
      'a shell script starts it': { given: scripted('etcd') },
    },
  },
})
