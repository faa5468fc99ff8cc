// Rule: the controller manager tells nothing but its health to those without rights.

import { componentPod, controllerManager, scripted, word } from './component-pods.ts'
import { flagRule, versionParameter } from './flag-rule.ts'
import { openEndpoints, openFlags } from './open-endpoints.ts'

const old = (...flags: readonly string[]) =>
  componentPod('kube-controller-manager', flags, { image: 'k8s.gcr.io/kube-controller-manager:v1.21.17' })

export const rule = flagRule({
  id: 'controller-manager-open-endpoints',
  title: 'The controller manager tells nothing but its health to those without rights',
  severity: 'medium',
  component: 'kube-controller-manager',
  flags: openFlags,
  parameters: { version: versionParameter },
  rationale:
    'Metrics and profiles tell much of a cluster; on the insecure port, or where a path needs no right, they tell it to anybody in the network.',
  remediation:
    'Start kube-controller-manager with --port=0 (since Kubernetes 1.22 there is no such port), and leave --authorization-always-allow-paths at its default.',
  references: ['https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/'],

  faults: flags => openEndpoints(flags),

  examples: {
    fail: {
      'the insecure port, before Kubernetes 1.22, which had 10252': { given: old(), at: [word(1)] },
      'another insecure port': { given: old('--port=8080'), at: [word(1)] },
      'metrics without a right': {
        given: controllerManager('--authorization-always-allow-paths=/healthz,/metrics'),
        at: [word(1)],
      },
      'metrics by a name that ends like that of health': {
        given: controllerManager('--authorization-always-allow-paths=/metrics/healthz'),
      },
      'everything without a right': { given: controllerManager('--authorization-always-allow-paths=/*') },
      'a name that begins like that of health': {
        given: controllerManager('--authorization-always-allow-paths=/healthz-and-more'),
      },
    },
    pass: {
      'not given': { given: controllerManager() },
      'no insecure port': { given: old('--port=0') },
      'health alone': {
        given: controllerManager('--authorization-always-allow-paths=/healthz/*,livez,/readyz/etcd'),
      },
      'no path at all': { given: controllerManager('--authorization-always-allow-paths=') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-controller-manager') },
    },
  },
})
