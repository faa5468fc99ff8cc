// Rule: the API server shares its time fairly among its clients.

import { apiServerConfig, operatedApiServer } from '../../../samples/openshift.ts'
import { apiServer, scripted, word } from './component-pods.ts'
import { unless } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-priority-and-fairness',
  title: 'The API server shares its time fairly among its clients',
  severity: 'low',
  component: 'kube-apiserver',
  flags: ['enable-priority-and-fairness', 'feature-gates'],
  appliesTo: { kubernetes: { min: '1.20' } },
  rationale:
    'Without API Priority and Fairness one busy client takes all of the server’s time, and nodes and controllers wait behind it.',
  remediation:
    'Start kube-apiserver without --enable-priority-and-fairness=false, and without APIPriorityAndFairness=false among --feature-gates.',
  references: ['https://kubernetes.io/docs/concepts/cluster-administration/flow-control/'],

  *faults(flags) {
    yield* unless(flags, 'enable-priority-and-fairness', true)
    const gate = flags.featureGate('APIPriorityAndFairness')
    if (gate.value === false)
      yield { at: gate, expected: '--feature-gates without APIPriorityAndFairness=false' }
  },

  examples: {
    fail: {
      'switched off': { given: apiServer('--enable-priority-and-fairness=false'), at: [word(1)] },
      'its feature switched off': {
        given: apiServer('--feature-gates=A=true,APIPriorityAndFairness=false'),
        at: [word(1)],
      },
      'in OpenShift’s configuration': {
        given: operatedApiServer(),
        with: [apiServerConfig({ 'feature-gates': ['A=true', 'APIPriorityAndFairness=false'] })],
        at: ['metadata.labels.revision'],
      },
    },
    pass: {
      'not given, which means on': { given: apiServer() },
      'switched on': {
        given: apiServer(
          '--enable-priority-and-fairness=true',
          '--feature-gates=APIPriorityAndFairness=true',
        ),
      },
      'not in OpenShift’s configuration': { given: operatedApiServer(), with: [apiServerConfig({})] },
    },
    notEvaluated: { 'a shell script starts it': { given: scripted('kube-apiserver') } },
  },
})
