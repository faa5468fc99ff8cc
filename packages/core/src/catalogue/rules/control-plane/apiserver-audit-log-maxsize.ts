// Rule: the API server rotates audit logs at 100 megabytes or more.

import { isFrom } from '../../../model/kubernetes-version.ts'
import { apiServer, componentPod, scripted, word } from './component-pods.ts'
import { writeFlag } from './faults.ts'
import { flagRule, versionParameter } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-audit-log-maxsize',
  title: 'The API server rotates audit logs at 100 megabytes or more',
  severity: 'low',
  component: 'kube-apiserver',
  flags: ['audit-log-maxsize', 'audit-log-path'],
  parameters: {
    minimum: { type: 'number', default: 100, description: 'The least that will do, in megabytes.' },
    explicit: {
      type: 'boolean',
      default: false,
      description: 'Whether the flag must be given even where its default would do.',
    },
    version: versionParameter,
  },
  rationale:
    'Small files push older ones out early; a file that is never rotated fills the disk and stops the control plane.',
  remediation: 'Start kube-apiserver with --audit-log-maxsize=100 or more.',
  references: ['https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#log-backend'],

  *faults(flags, { minimum, explicit }) {
    if (flags.text('audit-log-path').value === '-') return
    const size = flags.number('audit-log-maxsize')
    // Until Kubernetes 1.35 a 0 meant 100; since then it means no rotation.
    const megabytes = size.value === 0 && !isFrom(flags.version, 36) ? 100 : size.value
    if (megabytes === undefined || megabytes < minimum || (explicit && !size.isGiven))
      yield { at: size, expected: `--audit-log-maxsize=${minimum} or more` }
  },

  undecided: flags =>
    flags.text('audit-log-path').value === '-'
      ? 'audit events go to standard output, and what collects them decides how long they are kept'
      : undefined,

  fix: (violation, pod, { parameters }) => writeFlag(violation, pod, 'audit-log-maxsize', parameters.minimum),

  examples: {
    fail: {
      'too small': {
        given: apiServer('--audit-log-path=/var/log/audit.log', '--audit-log-maxsize=10'),
        at: [word(2)],
      },
      'without rotation, since Kubernetes 1.36': {
        given: componentPod(
          'kube-apiserver',
          ['--audit-log-path=/var/log/audit.log', '--audit-log-maxsize=0'],
          { image: 'registry.k8s.io/kube-apiserver:v1.36.0' },
        ),
      },
      'too few, in a word of its own': {
        given: apiServer('--audit-log-path', '/var/log/audit.log', '--audit-log-maxsize', '99'),
        at: [word(4)],
      },
      'no number': { given: apiServer('--audit-log-path=/var/log/audit.log', '--audit-log-maxsize=100M') },
      'smaller than asked for': {
        given: apiServer('--audit-log-path=/var/log/audit.log'),
        parameters: { minimum: 200 },
        at: [word(2)],
      },
      'not given, where it must be': {
        given: apiServer('--audit-log-path=/var/log/audit.log'),
        parameters: { explicit: true },
        at: [word(2)],
      },
    },
    pass: {
      'not given, which means 100': { given: apiServer('--audit-log-path=/var/log/audit.log') },
      '0, which meant 100': {
        given: apiServer('--audit-log-path=/var/log/audit.log', '--audit-log-maxsize=0'),
      },
      more: { given: apiServer('--audit-log-path=/var/log/audit.log', '--audit-log-maxsize=500') },
    },
    notEvaluated: {
      'events that go to standard output': { given: apiServer('--audit-log-path=-') },
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
