// Rule: etcd serves its clients over TLS.

import { componentPod, etcd, scripted, word } from './component-pods.ts'
import { withoutFile } from './faults.ts'
import { flagRule } from './flag-rule.ts'
import { isOpenPlain } from './plain-address.ts'

export const rule = flagRule({
  id: 'etcd-server-certificate',
  title: 'Etcd serves its clients over TLS',
  severity: 'high',
  component: 'etcd',
  flags: ['cert-file', 'key-file', 'listen-client-urls'],
  rationale: 'All of the cluster, its Secrets included, passes between etcd and its clients.',
  remediation:
    'Start etcd with --cert-file and --key-file, and with https addresses in --listen-client-urls.',
  references: ['https://etcd.io/docs/v3.6/op-guide/security/'],

  *faults(flags) {
    yield* withoutFile(flags, 'cert-file', 'key-file')
    for (const url of flags.list('listen-client-urls').value)
      if (isOpenPlain(url.value)) yield { at: url, expected: `https in --listen-client-urls` }
  },

  examples: {
    fail: {
      'not given': { given: etcd(), at: [word(1), word(1)] },
      'a certificate without its key': { given: etcd('--cert-file=/pki/x.crt'), at: [word(2)] },
      'a plain address in spite of them': {
        given: etcd(
          '--cert-file=/pki/x.crt',
          '--key-file=/pki/x.key',
          '--listen-client-urls=https://127.0.0.1:1,http://10.0.0.1:1',
        ),
        at: [word(3)],
      },
      'those of the other side': { given: etcd('--peer-cert-file=/x', '--peer-key-file=/x') },
      'plain addresses in capital letters and of IPv6': {
        given: etcd(
          '--cert-file=/pki/x.crt',
          '--key-file=/pki/x.key',
          '--listen-client-urls= HTTP://10.0.0.1:1,http://[fd00::1]:1',
        ),
        at: [word(3), word(3)],
      },
    },
    pass: {
      given: {
        given: etcd(
          '--cert-file=/pki/x.crt',
          '--key-file=/pki/x.key',
          '--listen-client-urls=https://10.0.0.1:1',
        ),
      },
      'a plain address of the node itself': {
        given: etcd(
          '--cert-file=/pki/x.crt',
          '--key-file=/pki/x.key',
          '--listen-client-urls=http://127.0.0.1:1',
        ),
      },
      'by the environment': {
        given: componentPod('etcd', [], {
          env: [
            { name: 'ETCD_CERT_FILE', value: '/x' },
            { name: 'ETCD_KEY_FILE', value: '/x' },
          ],
        }),
      },
      'with one dash, in two words': { given: etcd('-cert-file', '/pki/x.crt', '-key-file', '/pki/x.key') },
      'a plain address of the node itself, of IPv6': {
        given: etcd(
          '--cert-file=/x',
          '--key-file=/x',
          '--listen-client-urls=http://[::1]:1,http://localhost:1',
        ),
      },
      'https, with a plain address behind it': {
        given: etcd(
          '--cert-file=/x',
          '--key-file=/x',
          '--listen-client-urls=https://10.0.0.1:1/http://10.0.0.1',
        ),
      },
    },
    notEvaluated: {
      'a file of flags': { given: etcd('--config-file=/etc/etcd.yaml') },
      'a shell script starts it': { given: scripted('etcd') },
    },
  },
})
