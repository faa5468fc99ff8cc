// Rule: every container that runs until it is stopped has a liveness probe.

import { defineRule } from '../../../model/rule.ts'
import { cronJob, deployment, pod, podWith } from '../../../samples/pods.ts'
import { canHaveProbes, runsOn } from './long-running.ts'

const probed = { livenessProbe: { httpGet: { path: '/healthz', port: 8080 } } }

export const rule = defineRule({
  id: 'liveness-probe',
  title: 'Every long-running container has a liveness probe',
  severity: 'low',
  subject: 'PodTemplate',
  rationale:
    'Without one the kubelet restarts a container only when its process ends: one that hangs keeps its place and answers nobody.',
  remediation:
    'Add a livenessProbe that fails when only a restart helps; do not let it depend on other services.',
  references: ['https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/'],

  *violations(pod) {
    if (!runsOn(pod)) return
    for (const container of pod.containers)
      if (container.livenessProbe === undefined && canHaveProbes(container))
        yield {
          path: `${container.path}.livenessProbe`,
          actual: undefined,
          expected: 'a probe',
          discriminator: container.name,
        }
  },

  examples: {
    fail: {
      'nothing said': { given: podWith({}), at: ['spec.containers[0].livenessProbe'] },
      'the second of two': { given: podWith(probed, {}), at: ['spec.containers[1].livenessProbe'] },
      'another probe': { given: podWith({ readinessProbe: probed.livenessProbe }) },
      'a sidecar': {
        given: pod({ containers: [probed], initContainers: [{ name: 'proxy', restartPolicy: 'Always' }] }),
        at: ['spec.initContainers[0].livenessProbe'],
      },
      'in a Deployment': { given: deployment() },
    },
    pass: {
      'a probe': { given: podWith(probed) },
      'in a CronJob none is needed': { given: cronJob() },
      'nor in a pod that runs to its end': { given: pod({ restartPolicy: 'OnFailure' }) },
      'init and ephemeral containers can have none': {
        given: pod({
          containers: [probed],
          initContainers: [{ name: 'init' }],
          ephemeralContainers: [{ name: 'debug' }],
        }),
      },
    },
  },
})
