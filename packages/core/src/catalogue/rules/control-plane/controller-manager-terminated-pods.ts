// Rule: the controller manager clears away pods that have ended.

import { controllerManager, scripted, word } from './component-pods.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'controller-manager-terminated-pods',
  title: 'The controller manager clears away pods that have ended',
  severity: 'low',
  component: 'kube-controller-manager',
  flags: ['terminated-pod-gc-threshold'],
  parameters: {
    maximum: { type: 'number', default: 12500, description: 'The most pods that may gather.' },
    explicit: {
      type: 'boolean',
      default: false,
      description: 'Whether the flag must be given even where its default would do.',
    },
  },
  rationale:
    'Pods that have ended stay in etcd until so many have gathered; without a bound they slow the control plane down.',
  remediation:
    'Leave --terminated-pod-gc-threshold unset (12500), or choose a number that suits the cluster, such as 10.',
  references: ['https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-garbage-collection'],

  *faults(flags, { maximum, explicit }) {
    const threshold = flags.number('terminated-pod-gc-threshold')
    const { value = 0 } = threshold
    if (value <= 0 || value > maximum || (explicit && !threshold.isGiven))
      yield { at: threshold, expected: `--terminated-pod-gc-threshold from 1 to ${maximum}` }
  },

  examples: {
    fail: {
      'without bound': { given: controllerManager('--terminated-pod-gc-threshold=0'), at: [word(1)] },
      'below 0': { given: controllerManager('--terminated-pod-gc-threshold=-1') },
      'no number': { given: controllerManager('--terminated-pod-gc-threshold=many') },
      'more than asked for': { given: controllerManager(), parameters: { maximum: 100 }, at: [word(1)] },
      'not given, where it must be': {
        given: controllerManager(),
        parameters: { explicit: true },
        at: [word(1)],
      },
      'one more than the default': { given: controllerManager('--terminated-pod-gc-threshold=12501') },
    },
    pass: {
      'not given, which means 12500': { given: controllerManager() },
      'a small number': { given: controllerManager('--terminated-pod-gc-threshold=10') },
      'the smallest number': { given: controllerManager('--terminated-pod-gc-threshold=1') },
      'given, where it must be': {
        given: controllerManager('--terminated-pod-gc-threshold=12500'),
        parameters: { explicit: true },
      },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-controller-manager') },
    },
  },
})
