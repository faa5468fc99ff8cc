// Rule: the API server offers no profiling data.

import { apiServer, componentPod, scripted, word } from './component-pods.ts'
import { unless, writeFlag } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-profiling',
  title: 'The API server offers no profiling data',
  severity: 'low',
  component: 'kube-apiserver',
  flags: ['profiling'],
  rationale: 'Profiles tell much about the process and what it handles, and taking them costs it time.',
  remediation: 'Start kube-apiserver with --profiling=false.',
  references: ['https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/'],

  faults: flags => unless(flags, 'profiling', false),

  fix: (violation, pod) => writeFlag(violation, pod, 'profiling', 'false'),

  examples: {
    fail: {
      'not given, which means on': { given: apiServer(), at: [word(1)] },
      on: { given: apiServer('--v=2', '--profiling=true'), at: [word(2)] },
      bare: { given: apiServer('--profiling'), at: [word(1)] },
      'not what Go takes for false': { given: apiServer('--profiling=no') },
      'off, and on later': { given: apiServer('--profiling=false', '--profiling=true'), at: [word(2)] },
      'in args': {
        given: componentPod('kube-apiserver', [], { args: ['--v=2'] }),
        at: ['spec.containers[0].args[1]'],
      },
    },
    pass: {
      off: { given: apiServer('--profiling=false') },
      'off by another word for it': { given: apiServer('--profiling=0') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
