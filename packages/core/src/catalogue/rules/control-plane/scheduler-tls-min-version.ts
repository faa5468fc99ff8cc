// Rule: the scheduler speaks no old version of TLS.

import { scheduler, scripted, word } from './component-pods.ts'
import { flagRule } from './flag-rule.ts'
import { isOldTls } from './tls-version.ts'

export const rule = flagRule({
  id: 'scheduler-tls-min-version',
  title: 'The scheduler speaks no old version of TLS',
  severity: 'medium',
  component: 'kube-scheduler',
  flags: ['tls-min-version'],
  rationale:
    'TLS 1.0 and 1.1 are broken: what passes between client and server can be read by those between them.',
  remediation:
    'Leave --tls-min-version unset, which means TLS 1.2, or set it to VersionTLS12 or VersionTLS13.',
  references: ['https://kubernetes.io/docs/reference/command-line-tools-reference/kube-scheduler/'],

  *faults(flags) {
    const version = flags.text('tls-min-version')
    if (isOldTls(version.value)) yield { at: version, expected: 'VersionTLS12 or newer, or unset' }
  },

  examples: {
    fail: {
      'TLS 1.0': { given: scheduler('--tls-min-version=VersionTLS10'), at: [word(1)] },
      'TLS 1.1, in two words': { given: scheduler('--tls-min-version', 'VersionTLS11'), at: [word(2)] },
      'no version': { given: scheduler('--tls-min-version=1.3') },
    },
    pass: {
      'not given, which means TLS 1.2': { given: scheduler() },
      'TLS 1.2': { given: scheduler('--tls-min-version=VersionTLS12') },
      'TLS 1.3': { given: scheduler('--tls-min-version=VersionTLS13') },
    },
    notEvaluated: { 'a shell script starts it': { given: scripted('kube-scheduler') } },
  },
})
