// Rule: pods have only volumes that belong to the cluster: no directory of the node, no storage named in the pod itself.

import type { Volume } from '../../../model/pod-spec.ts'
import { defineRule } from '../../../model/rule.ts'
import { cronJob, deployment, pod } from '../../../samples/pods.ts'
import { plural, quoteAll, sortedSet } from './wording.ts'

/** Source: Pod Security Standards, restricted level, since 1.0; the type `image` by the admission controller. */
const allowedTypes = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
] as const satisfies readonly (keyof Volume)[]

/** In the order in which the admission controller looks for the one to name. */
const restrictedTypes = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'gitRepo',
  'nfs',
  'iscsi',
  'glusterfs',
  'rbd',
  'flexVolume',
  'cinder',
  'cephfs',
  'flocker',
  'fc',
  'azureFile',
  'vsphereVolume',
  'quobyte',
  'azureDisk',
  'photonPersistentDisk',
  'portworxVolume',
  'scaleIO',
  'storageos',
] as const satisfies readonly (keyof Volume)[]

const knownInLowerCase = new Set<string>(
  ['name', ...allowedTypes, ...restrictedTypes].map(field => field.toLowerCase()),
)

export const rule = defineRule({
  id: 'volume-types',
  title: 'Pods have only volume types that the cluster manages',
  severity: 'low',
  // host-path-volume reports the dangerous one; the rest is what only the restricted level asks.
  defaultEnabled: false,
  subject: 'PodTemplate',
  rationale:
    'Storage named in the pod itself lets its author choose servers, disks and credentials that an administrator of persistent volumes would have chosen.',
  remediation: 'Put the storage behind a PersistentVolumeClaim or a CSI driver and mount that.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],

  *violations(pod) {
    const volumes = pod.spec.volumes
    if (volumes === undefined) return
    for (let i = 0; i < volumes.length; i++) {
      const volume = volumes[i] as Volume
      const type = forbiddenTypeOf(volume)
      if (type !== undefined)
        yield {
          path: `${pod.path}.volumes[${i}].${type}`,
          actual: (volume as Record<string, unknown>)[type],
          expected: `one of ${allowedTypes.join(', ')}`,
        }
    }
  },

  admission: {
    check: 'restrictedVolumes',
    denial({ spec }) {
      const names: string[] = []
      const types: string[] = []
      for (const volume of spec.volumes ?? []) {
        const type = forbiddenTypeOf(volume)
        if (type === undefined) continue
        names.push(volume.name ?? '')
        types.push(restrictedTypes.some(known => known === type) ? type : 'unknown')
      }
      const named = sortedSet(types)
      return {
        reason: 'restricted volume types',
        detail: [
          `${plural(names.length, 'volume', 'volumes')} ${quoteAll(names)} ${plural(names.length, 'uses', 'use')}`,
          `${plural(named.length, 'restricted volume type', 'restricted volume types')} ${quoteAll(named)}`,
        ].join(' '),
      }
    },
  },

  examples: {
    fail: {
      'a directory of the node': {
        given: pod({ volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }] }),
        at: ['spec.volumes[0].hostPath'],
      },
      'the second and third of three': {
        given: deployment({
          volumes: [
            { name: 'scratch', emptyDir: {} },
            { name: 'share', nfs: { server: 'nfs.example.com', path: '/' } },
            { name: 'code', gitRepo: { repository: 'https://git.example.com/a.git' } },
          ],
        }),
        at: ['spec.template.spec.volumes[1].nfs', 'spec.template.spec.volumes[2].gitRepo'],
      },
      'in a CronJob': { given: cronJob({ volumes: [{ name: 'disk', awsElasticBlockStore: {} }] }) },
      'a type that is not known yet': {
        given: pod({ volumes: [{ name: 'new', holographic: {} } as Volume] }),
        at: ['spec.volumes[0].holographic'],
      },
    },
    pass: {
      'no volumes': { given: pod() },
      'every allowed type': {
        given: pod({ volumes: allowedTypes.map(type => ({ name: type.toLowerCase(), [type]: {} })) }),
      },
      'no type at all, which the API server makes an emptyDir': {
        given: pod({ volumes: [{ name: 'none' }] }),
      },
      'types in wrong case, which the API server does not read': {
        given: pod({
          volumes: [
            { name: 'a', hostpath: { path: '/' } } as Volume,
            { name: 'b', emptydir: {} } as Volume,
            { name: 'c', storageOS: {} } as Volume,
          ],
        }),
      },
      'an unknown type that is null': {
        given: pod({ volumes: [{ name: 'new', holographic: null } as Volume] }),
      },
      'a second type beside an allowed one, which the API server refuses': {
        given: pod({ volumes: [{ name: 'both', secret: { secretName: 'a' }, hostPath: { path: '/' } }] }),
      },
    },
  },
})

/**
 * The field that gives the volume a type it may not have. A type that nobody knows counts, since it may be newer than this list;
 * a known one in wrong case does not, since no API server reads it.
 */
function forbiddenTypeOf(volume: Volume): string | undefined {
  for (const type of allowedTypes) if (volume[type] !== undefined) return undefined
  for (const type of restrictedTypes) if (volume[type] !== undefined) return type
  const fields = volume as Readonly<Record<string, unknown>>
  return Object.keys(fields).find(
    field =>
      fields[field] !== undefined && fields[field] !== null && !knownInLowerCase.has(field.toLowerCase()),
  )
}
