// Rule: every container that runs until it is stopped has a readiness probe.

import { defineRule } from '../../../model/rule.ts'
import { cronJob, deployment, pod, podWith } from '../../../samples/pods.ts'
import { canHaveProbes, runsOn } from './long-running.ts'

const probed = { readinessProbe: { httpGet: { path: '/healthz', port: 8080 } } }

export const rule = defineRule({
  id: 'readiness-probe',
  title: 'Every long-running container has a readiness probe',
  severity: 'low',
  subject: 'PodTemplate',
  rationale:
    'Without one a pod gets traffic as soon as its containers have started, and a rollout goes on though the new version cannot serve yet.',
  remediation: 'Add a readinessProbe that succeeds when the container can do its work.',
  references: ['https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/'],

  *violations(pod) {
    if (!runsOn(pod)) return
    for (const container of pod.containers)
      if (container.readinessProbe === undefined && canHaveProbes(container))
        yield {
          path: `${container.path}.readinessProbe`,
          actual: undefined,
          expected: 'a probe',
          discriminator: container.name,
        }
  },

  examples: {
    fail: {
      'nothing said': { given: podWith({}), at: ['spec.containers[0].readinessProbe'] },
      'the second of two': { given: podWith(probed, {}), at: ['spec.containers[1].readinessProbe'] },
      'another probe': { given: podWith({ livenessProbe: probed.readinessProbe }) },
      'a sidecar': {
        given: pod({ containers: [probed], initContainers: [{ name: 'proxy', restartPolicy: 'Always' }] }),
        at: ['spec.initContainers[0].readinessProbe'],
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
