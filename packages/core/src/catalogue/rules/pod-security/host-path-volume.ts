// Rule: no pod mounts a directory or file of its node.

import { defineRule } from '../../../model/rule.ts'
import { cronJob, deployment, pod } from '../../../samples/pods.ts'
import { plural, quoteAll } from './wording.ts'

const logs = { name: 'logs', hostPath: { path: '/var/log' } }

export const rule = defineRule({
  id: 'host-path-volume',
  title: 'No pod has a hostPath volume',
  severity: 'medium',
  subject: 'PodTemplate',
  rationale:
    'What lies on the node outlives the pod, is shared with everything else that runs there, and may hold keys of the node itself.',
  remediation:
    'Use a persistent volume, emptyDir, configMap or projected volume; for what an agent of the node must read, a namespace of its own and an exception.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  faultFields: ['hostPath'],

  *violations(pod) {
    const volumes = pod.spec.volumes
    if (volumes === undefined) return
    for (let i = 0; i < volumes.length; i++) {
      const hostPath = volumes[i]?.hostPath
      if (hostPath !== undefined)
        yield {
          path: `${pod.path}.volumes[${i}].hostPath.path`,
          actual: hostPath.path,
          expected: 'a volume that is not on the node',
        }
    }
  },

  admission: {
    check: 'hostPathVolumes',
    denial: ({ spec, path }, violations) => {
      const paths = new Set(violations.map(found => found.path))
      const names = (spec.volumes ?? [])
        .filter((_, i) => paths.has(`${path}.volumes[${i}].hostPath.path`))
        .map(({ name }) => name ?? '')
      return {
        reason: 'hostPath volumes',
        detail: `${plural(names.length, 'volume', 'volumes')} ${quoteAll(names)}`,
      }
    },
  },

  examples: {
    fail: {
      'the only volume': { given: pod({ volumes: [logs] }), at: ['spec.volumes[0].hostPath.path'] },
      'the second of two': {
        given: deployment({ volumes: [{ name: 'scratch', emptyDir: {} }, logs] }),
        at: ['spec.template.spec.volumes[1].hostPath.path'],
      },
      'mounted by nobody': { given: cronJob({ volumes: [logs] }) },
      'without a path': { given: pod({ volumes: [{ name: 'odd', hostPath: {} }] }) },
    },
    pass: {
      'no volumes': { given: pod() },
      'other types': {
        given: pod({
          volumes: [
            { name: 'scratch', emptyDir: {} },
            { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
          ],
        }),
      },
      'a volume of that name': { given: pod({ volumes: [{ name: 'hostPath', emptyDir: {} }] }) },
    },
  },
})
