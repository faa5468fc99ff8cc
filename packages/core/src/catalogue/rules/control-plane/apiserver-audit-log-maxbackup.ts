// Rule: the API server keeps a set number of old audit log files, 10 or more.

import { apiServer, componentPod, scripted, word } from './component-pods.ts'
import { writeFlag } from './faults.ts'
import { flagRule, versionParameter } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-audit-log-maxbackup',
  title: 'The API server keeps a set number of old audit log files, 10 or more',
  severity: 'low',
  component: 'kube-apiserver',
  flags: ['audit-log-maxbackup', 'audit-log-path'],
  parameters: {
    minimum: { type: 'number', default: 10, description: 'The least that will do, in files.' },
    version: versionParameter,
  },
  rationale:
    'With few old files a burst of requests pushes out what is needed later, and files that are never removed stop the control plane when the disk is full.',
  remediation:
    'Start kube-apiserver with --audit-log-maxbackup=10 or more (since Kubernetes 1.36 the default is 100).',
  references: ['https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#log-backend'],

  *faults(flags, { minimum }) {
    if (flags.text('audit-log-path').value === '-') return
    const files = flags.number('audit-log-maxbackup')
    if (files.value === undefined || files.value < minimum)
      yield {
        at: files,
        expected: `--audit-log-maxbackup=${minimum} or more; 0 sets no bound, and old files fill the disk`,
      }
  },

  undecided: flags =>
    flags.text('audit-log-path').value === '-'
      ? 'audit events go to standard output, and what collects them decides how long they are kept'
      : undefined,

  fix: (violation, pod, { parameters }) =>
    writeFlag(violation, pod, 'audit-log-maxbackup', parameters.minimum),

  examples: {
    fail: {
      'not given, which means without bound': {
        given: apiServer('--audit-log-path=/var/log/audit.log'),
        at: [word(2)],
      },
      'too few': {
        given: apiServer('--audit-log-path=/var/log/audit.log', '--audit-log-maxbackup=9'),
        at: [word(2)],
      },
      'without bound': { given: apiServer('--audit-log-path=/var/log/audit.log', '--audit-log-maxbackup=0') },
      'too few, in a word of its own': {
        given: apiServer('--audit-log-path', '/var/log/audit.log', '--audit-log-maxbackup', '9'),
        at: [word(4)],
      },
      'no number': { given: apiServer('--audit-log-path=/var/log/audit.log', '--audit-log-maxbackup=many') },
      'fewer than asked for': {
        given: apiServer('--audit-log-path=/var/log/audit.log', '--audit-log-maxbackup=10'),
        parameters: { minimum: 20 },
      },
      'no log at all': { given: apiServer() },
    },
    pass: {
      enough: { given: apiServer('--audit-log-path=/var/log/audit.log', '--audit-log-maxbackup=10') },
      more: { given: apiServer('--audit-log-path=/var/log/audit.log', '--audit-log-maxbackup=365') },
      'the default of Kubernetes 1.36': {
        given: componentPod('kube-apiserver', ['--audit-log-path=/var/log/audit.log'], {
          image: 'registry.k8s.io/kube-apiserver:v1.36.0',
        }),
      },
    },
    notEvaluated: {
      'events that go to standard output': { given: apiServer('--audit-log-path=-') },
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
