// Rule: the API server serves no alpha features.

import { parseGoBoolean } from '../../../kube/control-plane/go-values.ts'
import { apiServer, scripted, word } from './component-pods.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-alpha-features',
  title: 'The API server serves no alpha features',
  severity: 'medium',
  component: 'kube-apiserver',
  flags: ['feature-gates', 'runtime-config'],
  rationale:
    'Alpha features are not supported, change or go without notice, and may have holes that nobody mends.',
  remediation: 'Take AllAlpha=true out of --feature-gates, and api/alpha=true out of --runtime-config.',
  references: [
    'https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/',
    'https://kubernetes.io/docs/reference/using-api/#enabling-or-disabling',
  ],

  *faults(flags) {
    const gate = flags.featureGate('AllAlpha')
    if (gate.value === true) yield { at: gate, expected: '--feature-gates without AllAlpha=true' }
    // Of two settings of one API the last counts.
    const api = flags
      .list('runtime-config')
      .value.findLast(({ value }) => value.split('=')[0] === 'api/alpha')
    const [, value = 'true'] = api?.value.split('=') ?? []
    if (api && parseGoBoolean(value) !== false)
      yield { at: api, expected: '--runtime-config without api/alpha=true' }
  },

  examples: {
    fail: {
      'all features': { given: apiServer('--feature-gates=AllAlpha=true'), at: [word(1)] },
      'all features, among others': { given: apiServer('--feature-gates=AllBeta=false,AllAlpha=true') },
      'all APIs': { given: apiServer('--runtime-config=api/alpha=true'), at: [word(1)] },
      'all APIs, without a value': { given: apiServer('--runtime-config=api/beta=false,api/alpha') },
      'all APIs, off first': {
        given: apiServer('--runtime-config=api/alpha=false', '--runtime-config=api/alpha=true'),
        at: [word(2)],
      },
    },
    pass: {
      'not given': { given: apiServer() },
      'switched off': {
        given: apiServer('--feature-gates=AllAlpha=false', '--runtime-config=api/alpha=false'),
      },
      'switched off at last': { given: apiServer('--feature-gates=AllAlpha=true,AllAlpha=false') },
      'all beta features': {
        given: apiServer('--feature-gates=AllBeta=true', '--runtime-config=api/beta=true'),
      },
    },
    notEvaluated: { 'a shell script starts it': { given: scripted('kube-apiserver') } },
  },
})
