// Rule: the API server uses strong cipher suites alone.

import { apiServer, scripted, word } from './component-pods.ts'
import { flagRule } from './flag-rule.ts'

/** Suites with forward secrecy and authenticated encryption. Source: RFC 8446, RFC 7525; the names are those of Go's crypto/tls. */
const strong = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
]

export const rule = flagRule({
  id: 'apiserver-tls-cipher-suites',
  title: 'The API server uses strong cipher suites alone',
  severity: 'low',
  component: 'kube-apiserver',
  flags: ['tls-cipher-suites', 'tls-min-version'],
  parameters: {
    allowed: { type: 'string[]', default: strong, description: 'The cipher suites that may be offered.' },
  },
  rationale:
    'The default suites of Go include ones without authenticated encryption; older versions include RSA key exchange, which keeps no secret once the key is lost.',
  remediation:
    'Start kube-apiserver with --tls-cipher-suites and the suites that the parameter allows, or with --tls-min-version=VersionTLS13, whose suites are all strong.',
  references: [
    'https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/',
    'https://pkg.go.dev/crypto/tls#CipherSuites',
  ],

  *faults(flags, { allowed }) {
    // The suites of TLS 1.3 cannot be chosen, and need not be.
    if (flags.text('tls-min-version').value === 'VersionTLS13') return
    const suites = flags.list('tls-cipher-suites')
    if (suites.value.length === 0)
      yield { at: suites, expected: '--tls-cipher-suites with strong suites; unset means those of Go' }
    const weak = suites.value.filter(({ value }) => !allowed.includes(value))
    for (const path of new Set(weak.map(suite => suite.path))) {
      const here = weak.filter(suite => suite.path === path)
      const [at] = here
      if (at) yield { at, expected: `cipher suites without ${here.map(({ value }) => value).join(', ')}` }
    }
  },

  examples: {
    fail: {
      'not given': { given: apiServer(), at: [word(1)] },
      'a weak one among strong ones': {
        given: apiServer(`--tls-cipher-suites=${strong[4]},TLS_RSA_WITH_AES_128_CBC_SHA`),
        at: [word(1)],
      },
      'two weak ones in one flag': {
        given: apiServer('--tls-cipher-suites=TLS_RSA_WITH_AES_128_CBC_SHA,TLS_RSA_WITH_RC4_128_SHA'),
        at: [word(1)],
      },
      'one that was not allowed': {
        given: apiServer('--tls-cipher-suites=TLS_AES_128_GCM_SHA256'),
        parameters: { allowed: ['TLS_AES_256_GCM_SHA384'] },
      },
      'a version that is too low to help': { given: apiServer('--tls-min-version=VersionTLS12') },
      'a weak one in each of two flags': {
        given: apiServer(
          '--tls-cipher-suites=TLS_RSA_WITH_AES_128_CBC_SHA',
          '--tls-cipher-suites=TLS_RSA_WITH_RC4_128_SHA',
        ),
        at: [word(1), word(2)],
      },
    },
    pass: {
      'strong ones': { given: apiServer(`--tls-cipher-suites=${strong.join()}`) },
      'TLS 1.3 alone': { given: apiServer('--tls-min-version=VersionTLS13') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
