// Rule: every container that runs until it is stopped has some probe.

import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, deployment, pod, podWith } from '../../../samples/pods.ts'
import { workload } from '../../../samples/workloads.ts'
import { canHaveProbes, runsOn } from './long-running.ts'

const probe = { tcpSocket: { port: 8080 } }

export const rule = defineRule({
  id: 'any-probe',
  title: 'Every long-running container has a probe of some sort',
  severity: 'low',
  defaultEnabled: false,
  subject: 'PodTemplate',
  rationale: 'Without any probe Kubernetes knows of a container only that its process has not ended.',
  remediation: 'Add a livenessProbe, a readinessProbe or a startupProbe, whichever the container can answer.',
  references: ['https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/'],

  *violations(pod) {
    if (!runsOn(pod)) return
    for (const container of pod.containers)
      if (
        canHaveProbes(container) &&
        !container.livenessProbe &&
        !container.readinessProbe &&
        !container.startupProbe
      )
        yield {
          path: `${container.path}.livenessProbe`,
          actual: undefined,
          expected: 'a probe here, or as readinessProbe or startupProbe',
          discriminator: container.name,
        }
  },

  examples: {
    fail: {
      'nothing said': { given: podWith({}) },
      'the second of two': { given: podWith({ startupProbe: probe }, {}) },
      'in a Deployment': { given: deployment() },
      'in a pod that is said to be always restarted': { given: pod({ restartPolicy: 'Always' }) },
    },
    pass: {
      'a liveness probe': { given: podWith({ livenessProbe: probe }) },
      'a readiness probe': { given: podWith({ readinessProbe: probe }) },
      'a startup probe': { given: podWith({ startupProbe: probe }) },
      'in a CronJob none is needed': { given: cronJob() },
      'nor in a pod that is never restarted': { given: pod({ restartPolicy: 'Never' }) },
      'in a Job none is needed': { given: workload('Job', {}, 'batch/v1') },
      'init and ephemeral containers can have none': {
        given: pod({
          containers: [container({ livenessProbe: probe })],
          initContainers: [container({ name: 'init' })],
          ephemeralContainers: [container({ name: 'debug' })],
        }),
      },
    },
  },
})
