// Rule: no pod uses a FlexVolume driver that nobody allowed.

import { defineRule } from '../../../model/rule.ts'
import { cronJob, pod } from '../../../samples/pods.ts'

const flexVolume = { driver: 'example.com/nas' }

export const rule = defineRule({
  id: 'flex-volume',
  title: 'No volume is mounted by a FlexVolume driver',
  severity: 'low',
  subject: 'PodTemplate',
  parameters: {
    allowed: {
      type: 'string[]',
      default: [],
      description: 'The drivers that pods may use, such as example.com/nas.',
    },
  },
  rationale:
    'A FlexVolume driver is a program that the kubelet runs as root on the node, with options that the pod chooses. FlexVolume is deprecated since Kubernetes 1.23.',
  remediation: 'Use a CSI driver for the same storage; most vendors of FlexVolume drivers have one.',
  references: ['https://kubernetes.io/docs/concepts/storage/volumes/#flexvolume'],
  faultFields: ['flexVolume'],

  *violations(pod, { parameters }) {
    const { volumes = [] } = pod.spec
    for (let i = 0; i < volumes.length; i++) {
      const volume = volumes[i]
      if (volume?.flexVolume === undefined || parameters.allowed.includes(volume.flexVolume.driver ?? ''))
        continue
      yield {
        path: `${pod.path}.volumes[${i}].flexVolume.driver`,
        actual: volume.flexVolume.driver,
        expected: parameters.allowed.length > 0 ? `one of ${parameters.allowed.join(', ')}` : 'no FlexVolume',
        discriminator: volume.name ?? '',
      }
    }
  },

  examples: {
    fail: {
      'the second volume': {
        given: pod({
          volumes: [
            { name: 'tmp', emptyDir: {} },
            { name: 'nas', flexVolume },
          ],
        }),
        at: ['spec.volumes[1].flexVolume.driver'],
      },
      'without a driver': { given: pod({ volumes: [{ name: 'nas', flexVolume: {} }] }) },
      'another driver than the allowed one, in a CronJob': {
        given: cronJob({ volumes: [{ name: 'nas', flexVolume }] }),
        parameters: { allowed: ['example.com/other'] },
      },
    },
    pass: {
      'no volumes': { given: pod() },
      'a CSI driver': { given: pod({ volumes: [{ name: 'nas', csi: { driver: 'nas.example.com' } }] }) },
      'an allowed driver': {
        given: pod({ volumes: [{ name: 'nas', flexVolume }] }),
        parameters: { allowed: ['example.com/nas'] },
      },
    },
  },
})
