// Rule: the scheduler tells nothing but its health to those without rights.

import type { Flags } from '../../../kube/control-plane/flags.ts'
import { isFrom } from '../../../model/kubernetes-version.ts'
import { componentPod, scheduler, scripted, word } from './component-pods.ts'
import { flagRule, versionParameter } from './flag-rule.ts'
import { openEndpoints, openFlags } from './open-endpoints.ts'

const old = (...flags: readonly string[]) =>
  componentPod('kube-scheduler', flags, { image: 'k8s.gcr.io/kube-scheduler:v1.22.17' })

export const rule = flagRule({
  id: 'scheduler-open-endpoints',
  title: 'The scheduler tells nothing but its health to those without rights',
  severity: 'medium',
  component: 'kube-scheduler',
  flags: openFlags,
  parameters: { version: versionParameter },
  rationale:
    'Metrics and profiles tell much of a cluster; on the insecure port, or where a path needs no right, they tell it to anybody in the network.',
  remediation:
    'Start kube-scheduler with --port=0 (since Kubernetes 1.23 there is no such port), and leave --authorization-always-allow-paths at its default.',
  references: ['https://kubernetes.io/docs/reference/command-line-tools-reference/kube-scheduler/'],

  faults: flags => openEndpoints(flags, !isByFile(flags)),

  undecided: flags =>
    isByFile(flags) ? 'the file of --config says where the insecure port is, and it was not read' : undefined,

  examples: {
    fail: {
      'the insecure port, before Kubernetes 1.23, which had 10251': { given: old(), at: [word(1)] },
      'another insecure port': { given: old('--port=8080'), at: [word(1)] },
      'metrics without a right': {
        given: scheduler('--authorization-always-allow-paths=/healthz,/metrics'),
        at: [word(1)],
      },
      'everything without a right': { given: scheduler('--authorization-always-allow-paths=/*') },
      'a name that begins like that of health': {
        given: scheduler('--authorization-always-allow-paths=/healthz-and-more'),
      },
    },
    pass: {
      'not given': { given: scheduler() },
      'no insecure port': { given: old('--port=0') },
      'a file of settings, since there is no insecure port': {
        given: componentPod('kube-scheduler', ['--config=/etc/scheduler.yaml'], {
          image: 'registry.k8s.io/kube-scheduler:v1.23.17',
        }),
      },
      'health alone': {
        given: scheduler('--authorization-always-allow-paths=/healthz/*,livez,/readyz'),
      },
      'no path at all': { given: scheduler('--authorization-always-allow-paths=') },
    },
    notEvaluated: {
      'a file of settings, before Kubernetes 1.23': { given: old('--config=/etc/scheduler.yaml') },
      'a shell script starts it': { given: scripted('kube-scheduler') },
    },
  },
})

/** True where a file decides on the insecure port in the place of the flag. */
function isByFile(flags: Flags): boolean {
  return !isFrom(flags.version, 23) && flags.text('config').value !== ''
}
