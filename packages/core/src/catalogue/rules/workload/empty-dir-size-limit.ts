// Rule: every emptyDir volume has a limit.

import { parseQuantity } from '../../../kube/quantity.ts'
import { defineRule } from '../../../model/rule.ts'
import { deployment, pod } from '../../../samples/pods.ts'

export const rule = defineRule({
  id: 'empty-dir-size-limit',
  title: 'Every emptyDir volume has a size limit',
  severity: 'low',
  defaultEnabled: false,
  subject: 'PodTemplate',
  rationale:
    'An emptyDir without a limit can fill the disk of its node, or with medium Memory the memory that its containers may use, and have other pods evicted. Off by default: limits on ephemeral storage and memory bound it as well.',
  remediation: 'Set emptyDir.sizeLimit on the volume to what the pod needs at most.',
  references: ['https://kubernetes.io/docs/concepts/storage/volumes/#emptydir'],

  *violations(pod) {
    const { volumes = [] } = pod.spec
    for (let i = 0; i < volumes.length; i++) {
      const volume = volumes[i]
      if (volume?.emptyDir !== undefined && !isLimit(volume.emptyDir.sizeLimit))
        yield {
          path: `${pod.path}.volumes[${i}].emptyDir.sizeLimit`,
          actual: volume.emptyDir.sizeLimit,
          expected: 'a size above zero, such as 100Mi',
          discriminator: volume.name ?? '',
        }
    }
  },

  examples: {
    fail: {
      'nothing said': {
        given: pod({ volumes: [{ name: 'tmp', emptyDir: {} }] }),
        at: ['spec.volumes[0].emptyDir.sizeLimit'],
      },
      'in memory, the second of two': {
        given: deployment({
          volumes: [
            { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } },
            { name: 'cache', emptyDir: { medium: 'Memory' } },
          ],
        }),
        at: ['spec.template.spec.volumes[1].emptyDir.sizeLimit'],
      },
      'a text that is no size': {
        given: pod({ volumes: [{ name: 'tmp', emptyDir: { sizeLimit: 'big' } }] }),
      },
      'zero, which is no limit': { given: pod({ volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '0' } }] }) },
    },
    pass: {
      'no volumes': { given: pod() },
      limited: { given: pod({ volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '100Mi' } }] }) },
      'limited by a plain number': {
        given: pod({ volumes: [{ name: 'tmp', emptyDir: { sizeLimit: 1048576 } }] }),
      },
      'another type of volume': { given: pod({ volumes: [{ name: 'tmp', hostPath: { path: '/tmp' } }] }) },
    },
  },
})

/** The kubelet takes a limit of zero as none (kubelet/eviction, emptyDirLimitEviction). */
function isLimit(size: number | string | undefined): boolean {
  return size !== undefined && (parseQuantity(size) ?? 0n) > 0n
}
