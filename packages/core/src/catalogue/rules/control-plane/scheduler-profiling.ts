// Rule: the scheduler offers no profiling data.

import { componentPod, scheduler, scripted, word } from './component-pods.ts'
import { unless, writeFlag } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'scheduler-profiling',
  title: 'The scheduler offers no profiling data',
  severity: 'low',
  component: 'kube-scheduler',
  flags: ['profiling'],
  rationale: 'Profiles tell much about the process and what it handles, and taking them costs it time.',
  remediation:
    'Start kube-scheduler with --profiling=false, or set enableProfiling: false in its configuration file.',
  references: ['https://kubernetes.io/docs/reference/command-line-tools-reference/kube-scheduler/'],

  faults: flags => unless(flags, 'profiling', false),

  fix: (violation, pod) => writeFlag(violation, pod, 'profiling', 'false'),

  examples: {
    fail: {
      'not given, which means on': { given: scheduler(), at: [word(1)] },
      on: { given: scheduler('--v=2', '--profiling=true'), at: [word(2)] },
      bare: { given: scheduler('--profiling'), at: [word(1)] },
      'not what Go takes for false': { given: scheduler('--profiling=no') },
      'off, and on later': { given: scheduler('--profiling=false', '--profiling=true'), at: [word(2)] },
      'in args': {
        given: componentPod('kube-scheduler', [], { args: ['--v=2'] }),
        at: ['spec.containers[0].args[1]'],
      },
    },
    pass: {
      off: { given: scheduler('--profiling=false') },
      'off by another word for it': { given: scheduler('--profiling=0') },
    },
    notEvaluated: {
      'a configuration file decides': {
        given: scheduler('--config=/etc/scheduler.yaml', '--profiling=false'),
      },
      'a shell script starts it': { given: scripted('kube-scheduler') },
    },
  },
})
