// Rule: no container may write to a directory of its node.

import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, pod } from '../../../samples/pods.ts'
import { hostPathVolumes } from './host-path-volumes.ts'

const volumes = [{ name: 'host', hostPath: { path: '/var/log' } }]
const mount = { name: 'host', mountPath: '/host' }

export const rule = defineRule({
  id: 'writable-host-path',
  title: 'Every hostPath volume is mounted read-only',
  severity: 'medium',
  subject: 'PodTemplate',
  rationale:
    'What a container writes to its node outlives the pod and is seen by every other pod that mounts the path; through links and configuration files it can reach programs that root runs.',
  remediation:
    'Set readOnly: true on the mount, or replace the hostPath volume by an emptyDir or a PersistentVolumeClaim where the container has to write.',
  references: ['https://kubernetes.io/docs/concepts/storage/volumes/#hostpath'],
  faultFields: ['hostPath'],

  *violations(pod) {
    const hostPaths = hostPathVolumes(pod)
    if (hostPaths.length === 0) return
    for (const container of pod.containers)
      for (const [i, { name, readOnly }] of (container.volumeMounts ?? []).entries()) {
        const volume = hostPaths.find(one => one.name === (name ?? ''))
        if (volume && readOnly !== true)
          yield {
            path: `${container.path}.volumeMounts[${i}].readOnly`,
            actual: readOnly,
            expected: `true, for ${volume.written}`,
            discriminator: container.name,
          }
      }
  },

  examples: {
    fail: {
      'nothing said': {
        given: pod({ volumes, containers: [container({ volumeMounts: [mount] })] }),
        at: ['spec.containers[0].volumeMounts[0].readOnly'],
      },
      'said to be writable, in an init container': {
        given: pod({
          volumes,
          initContainers: [container({ name: 'init', volumeMounts: [{ ...mount, readOnly: false }] })],
        }),
        at: ['spec.initContainers[0].volumeMounts[0].readOnly'],
      },
      'read-only in one container, writable in the second': {
        given: pod({
          volumes,
          containers: [
            container({ volumeMounts: [{ ...mount, readOnly: true }] }),
            container({ name: 'app-2', volumeMounts: [mount] }),
          ],
        }),
        at: ['spec.containers[1].volumeMounts[0].readOnly'],
      },
      'an ephemeral container': {
        given: pod({
          volumes,
          ephemeralContainers: [container({ name: 'debug', volumeMounts: [mount] })],
        }),
      },
      'a part of the volume, in a CronJob': {
        given: cronJob({
          volumes,
          containers: [container({ volumeMounts: [{ ...mount, subPath: 'pods' }] })],
        }),
      },
      'the second of two mounts': {
        given: pod({
          volumes: [...volumes, { name: 'scratch', emptyDir: {} }],
          containers: [container({ volumeMounts: [{ name: 'scratch', mountPath: '/tmp' }, mount] })],
        }),
        at: ['spec.containers[0].volumeMounts[1].readOnly'],
      },
    },
    pass: {
      'read-only': {
        given: pod({ volumes, containers: [container({ volumeMounts: [{ ...mount, readOnly: true }] })] }),
      },
      'mounted by nobody': { given: pod({ volumes }) },
      'another volume is writable': {
        given: pod({
          volumes: [...volumes, { name: 'scratch', emptyDir: {} }],
          containers: [
            container({
              volumeMounts: [
                { ...mount, readOnly: true },
                { name: 'scratch', mountPath: '/tmp' },
              ],
            }),
          ],
        }),
      },
    },
  },
})
