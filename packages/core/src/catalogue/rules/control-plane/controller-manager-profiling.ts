// Rule: the controller manager offers no profiling data.

import { controllerManagerConfig, operatedControllerManager } from '../../../samples/openshift.ts'
import { componentPod, controllerManager, scripted, word } from './component-pods.ts'
import { unless, writeFlag } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'controller-manager-profiling',
  title: 'The controller manager offers no profiling data',
  severity: 'low',
  component: 'kube-controller-manager',
  flags: ['profiling'],
  rationale: 'Profiles tell much about the process and what it handles, and taking them costs it time.',
  remediation: 'Start kube-controller-manager with --profiling=false.',
  references: ['https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/'],

  faults: flags => unless(flags, 'profiling', false),

  fix: (violation, pod) => writeFlag(violation, pod, 'profiling', 'false'),

  examples: {
    fail: {
      'not given, which means on': { given: controllerManager(), at: [word(1)] },
      'by the operator of OpenShift, who would write it again': {
        given: operatedControllerManager(),
        with: [controllerManagerConfig({ profiling: ['true'] })],
        mended: false,
      },
      on: {
        given: controllerManager('--v=2', '--profiling=true'),
        at: [word(2)],
        mended: { [word(2)]: '--profiling=false' },
      },
      bare: { given: controllerManager('--profiling'), at: [word(1)] },
      'not what Go takes for false': { given: controllerManager('--profiling=no') },
      'off, and on later': {
        given: controllerManager('--profiling=false', '--profiling=true'),
        at: [word(2)],
      },
      'in args': {
        given: componentPod('kube-controller-manager', [], { args: ['--v=2'] }),
        at: ['spec.containers[0].args[1]'],
      },
    },
    pass: {
      off: { given: controllerManager('--profiling=false') },
      'off by another word for it': { given: controllerManager('--profiling=0') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-controller-manager') },
    },
  },
})
