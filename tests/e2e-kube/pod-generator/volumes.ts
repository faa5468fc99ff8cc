/** Makes volumes of every type that the API has, and of none. */
import { type Climate, type Fields, tidy } from './climate.ts'
import type { Random } from './random.ts'

const ALLOWED: readonly Fields[] = [
  {},
  { secret: null },
  { emptyDir: {} },
  { emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
  { emptyDir: {}, hostPath: null },
  { configMap: { name: 'settings' } },
  { secret: { secretName: 'credentials' } },
  { downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } },
  { projected: { sources: [{ configMap: { name: 'settings' } }, { secret: { name: 'credentials' } }] } },
  { projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
  { persistentVolumeClaim: { claimName: 'claim' } },
  { csi: { driver: 'csi.test' } },
  {
    ephemeral: {
      volumeClaimTemplate: {
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    },
  },
  { image: { reference: 'registry.test/data:1' } },
  // A type that the server does not know is dropped, and a volume of no type is an emptyDir.
  { hostpath: { path: '/' } },
]

const FORBIDDEN: readonly Fields[] = [
  { hostPath: { path: '/' } },
  { hostPath: { path: '/var/run/docker.sock', type: 'Socket' } },
  { hostPath: { path: '/var/log', type: '' } },
  { gcePersistentDisk: { pdName: 'disk' } },
  { awsElasticBlockStore: { volumeID: 'vol-1' } },
  { gitRepo: { repository: 'https://git.test/r.git' } },
  { nfs: { server: 'nfs.test', path: '/' } },
  { iscsi: { targetPortal: '10.0.0.1', iqn: 'iqn.2001-04.com.example:storage', lun: 0 } },
  { glusterfs: { endpoints: 'gluster', path: 'volume' } },
  { rbd: { monitors: ['10.0.0.1:6789'], image: 'image' } },
  { flexVolume: { driver: 'example.test/driver' } },
  { cinder: { volumeID: 'volume' } },
  { cephfs: { monitors: ['10.0.0.1:6789'] } },
  { flocker: { datasetName: 'data' } },
  { fc: { targetWWNs: ['50060e801049cfd1'], lun: 0 } },
  { azureFile: { secretName: 'secret', shareName: 'share' } },
  { azureDisk: { diskName: 'disk', diskURI: 'https://blob.test/disk.vhd' } },
  { vsphereVolume: { volumePath: '[datastore] volume' } },
  { quobyte: { registry: 'quobyte.test:7861', volume: 'volume' } },
  { photonPersistentDisk: { pdID: 'disk' } },
  { portworxVolume: { volumeID: 'volume' } },
  { scaleIO: { gateway: 'https://gw.test', system: 'system', secretRef: { name: 's' }, volumeName: 'v' } },
  { storageos: { volumeName: 'volume' } },
]

/** Types named by the entries above, for the test that none is forgotten. */
export const VOLUME_TYPES: readonly string[] = [...ALLOWED, ...FORBIDDEN].flatMap(source =>
  Object.keys(source),
)

export function volumes(r: Random, { tidiness }: Climate): Fields[] {
  const count = r.pick([0, 0, 0, 1, 1, 2, 3, 6])
  return Array.from({ length: count }, (_, i) => {
    // Few forbidden ones among many, so that one alone decides often enough.
    const source = tidy(r, tidiness, ALLOWED, FORBIDDEN)
    return { name: `${r.pick(['z', 'a', 'data'])}-${i}`, ...structuredClone(source) }
  })
}
