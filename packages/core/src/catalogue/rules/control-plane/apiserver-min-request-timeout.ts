// Rule: the API server lets watches live long enough.

import { apiServerConfig, operatedApiServer } from '../../../samples/openshift.ts'
import { apiServer, scripted, word } from './component-pods.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-min-request-timeout',
  title: 'The API server lets watches live long enough',
  severity: 'low',
  defaultEnabled: false,
  component: 'kube-apiserver',
  flags: ['min-request-timeout'],
  parameters: {
    seconds: {
      type: 'number',
      default: 1800,
      description: 'How long a watch is to live at least.',
    },
  },
  rationale:
    'Where watches end early, every client asks for its lists again and again, and the server has time for little else.',
  remediation: 'Leave --min-request-timeout at its default of 1800 seconds, or above.',
  references: ['https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/'],

  *faults(flags, { seconds }) {
    const timeout = flags.number('min-request-timeout')
    if (timeout.value === undefined || timeout.value < seconds)
      yield { at: timeout, expected: `--min-request-timeout of ${seconds} or more` }
  },

  examples: {
    fail: {
      shorter: { given: apiServer('--min-request-timeout=1799'), at: [word(1)] },
      'no number': { given: apiServer('--min-request-timeout=1h') },
      'shorter than asked for': { given: apiServer(), parameters: { seconds: 3600 }, at: [word(1)] },
      'shorter in OpenShift’s configuration': {
        given: operatedApiServer(),
        with: [apiServerConfig({ 'min-request-timeout': ['60'] })],
      },
    },
    pass: {
      'not given': { given: apiServer() },
      'as long as asked for': {
        given: apiServer('--min-request-timeout=3600'),
        parameters: { seconds: 3600 },
      },
      'in OpenShift’s configuration': {
        given: operatedApiServer(),
        with: [apiServerConfig({ 'min-request-timeout': ['3600'] })],
      },
    },
    notEvaluated: { 'a shell script starts it': { given: scripted('kube-apiserver') } },
  },
})
