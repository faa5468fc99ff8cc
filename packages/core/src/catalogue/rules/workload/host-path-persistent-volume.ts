// Rule: no PersistentVolume is a directory of a node.

import { readPersistentVolume } from '../../../kube/kinds/persistent-volume.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'

const volume = (spec: Readonly<Record<string, unknown>>) => object('v1', 'PersistentVolume', {}, { spec })

export const rule = defineRule({
  id: 'host-path-persistent-volume',
  title: 'No PersistentVolume is a directory of a node',
  severity: 'medium',
  subject: 'PersistentVolume',
  rationale:
    'A hostPath PersistentVolume gives a directory of the node to whichever pod claims it, although Pod Security keeps that pod from mounting one itself; who may create such volumes can read and write any file of any node.',
  remediation:
    'Use a local PersistentVolume, bound to its node and to a disk of its own, or storage of a CSI driver; keep the right to create PersistentVolumes to administrators and provisioners.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#persistent-volume-creation',
    'https://kubernetes.io/docs/concepts/storage/volumes/#local',
  ],

  *violations(resource) {
    const path = readPersistentVolume(resource).spec?.hostPath?.path
    if (path !== undefined)
      yield { path: 'spec.hostPath.path', actual: path, expected: 'another type of volume' }
  },

  examples: {
    fail: {
      'any directory': {
        given: volume({ capacity: { storage: '1Gi' }, hostPath: { path: '/srv/data', type: 'Directory' } }),
        at: ['spec.hostPath.path'],
      },
    },
    pass: {
      'a disk of a node': { given: volume({ local: { path: '/mnt/disks/ssd1' } }) },
      'storage of a driver': { given: volume({ csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-1' } }) },
      'a volume that says nothing': { given: volume({}) },
      'no spec at all': { given: object('v1', 'PersistentVolume') },
    },
  },
})
