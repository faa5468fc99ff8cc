// Rule: no hostPath volume opens the parts of a node from which it is taken over.

import { exposesPath, isWithin, normalizeHostPath } from '../../../kube/host-path.ts'
import { defineRule } from '../../../model/rule.ts'
import { cronJob, pod } from '../../../samples/pods.ts'
import { hostPathVolumes } from './host-path-volumes.ts'

/** What holds credentials, is run by root, or is the kernel's or a control plane's own. */
const sensitive = [
  '/boot/**',
  '/dev',
  '/dev/dm-*',
  '/dev/kmem',
  '/dev/mapper/**',
  '/dev/mem',
  '/dev/nvme*',
  '/dev/sd*',
  '/dev/vd*',
  '/dev/xvd*',
  '/etc/**',
  '/home/**',
  '/opt/cni/bin/**',
  '/proc/**',
  '/root/**',
  '/run/dbus/system_bus_socket',
  '/run/systemd/private',
  '/sys',
  '/sys/firmware/**',
  '/sys/fs/cgroup/**',
  '/sys/kernel/debug/**',
  '/usr/bin/**',
  '/usr/lib/systemd/**',
  '/usr/libexec/kubernetes/**',
  '/usr/local/bin/**',
  '/usr/local/sbin/**',
  '/usr/sbin/**',
  '/var/lib/containerd/**',
  '/var/lib/containers/**',
  '/var/lib/docker/**',
  '/var/lib/etcd/**',
  '/var/lib/k0s/**',
  '/var/lib/kubelet/config.yaml',
  '/var/lib/kubelet/kubeconfig',
  '/var/lib/kubelet/pki/**',
  '/var/lib/kubelet/pods/**',
  '/var/lib/rancher/**',
  '/var/spool/cron/**',
  'c:/etc/kubernetes/**',
  'c:/k/**',
  'c:/users/**',
  'c:/var/lib/kubelet/**',
  'c:/windows/**',
]

/** Public facts about the node below sensitive directories, which many pods mount. */
const harmless = [
  '/etc/ca-certificates',
  '/etc/hostname',
  '/etc/hosts',
  '/etc/localtime',
  '/etc/machine-id',
  '/etc/os-release',
  '/etc/pki/ca-trust',
  '/etc/pki/tls/certs',
  '/etc/resolv.conf',
  '/etc/ssl/certs',
  '/etc/timezone',
]

// In one form, worked out once: most houses keep the defaults.
const harmlessPaths = harmless.map(normalizeHostPath)
const sensitivePaths = sensitive.map(targetOf)

const mounting = (path: string) => pod({ volumes: [{ name: 'host', hostPath: { path } }] })

export const rule = defineRule({
  id: 'sensitive-host-path',
  title: 'No hostPath volume opens a sensitive part of the node',
  severity: 'high',
  subject: 'PodTemplate',
  parameters: {
    paths: {
      type: 'string[]',
      default: sensitive,
      description:
        'Paths that no pod may mount, nor any directory above them; with a trailing /** nothing below them either. A name may hold one *.',
    },
    allowed: {
      type: 'string[]',
      default: harmless,
      description: 'Paths that may be mounted, with what is below them, although a path above them may not.',
    },
  },
  rationale:
    'These directories hold the credentials of the node and of its pods, programs that root runs, or the interfaces of the kernel. Reading some of them is enough to act as the node; writing to most of them is enough to run code as root there.',
  remediation:
    'Mount the narrowest path that is needed, or none: take configuration from ConfigMaps and Secrets, storage from PersistentVolumeClaims, and facts about the node from the API.',
  references: ['https://kubernetes.io/docs/concepts/storage/volumes/#hostpath'],
  faultFields: ['hostPath'],

  *violations(pod, { parameters }) {
    const volumes = hostPathVolumes(pod)
    if (volumes.length === 0) return
    const allowed =
      parameters.allowed === harmless ? harmlessPaths : parameters.allowed.map(normalizeHostPath)
    const targets = parameters.paths === sensitive ? sensitivePaths : parameters.paths.map(targetOf)
    for (const { name, written, hostPath, path } of volumes) {
      if (allowed.some(directory => isWithin(hostPath, directory))) continue
      const found = parameters.paths.find((pattern, i) => opens(hostPath, pattern, targets[i] as string))
      if (found !== undefined)
        yield { path, actual: written, expected: expectation(hostPath, plain(found)), discriminator: name }
    }
  },

  examples: {
    fail: {
      'the whole node': { given: mounting('/'), at: ['spec.volumes[0].hostPath.path'] },
      'a directory': { given: mounting('/etc') },
      'a file below it': { given: mounting('/etc/shadow') },
      'a directory above one': { given: mounting('/var/lib') },
      'written crookedly': { given: mounting('/opt/../etc//kubernetes/') },
      'by a link to it': { given: mounting('/bin') },
      'a disk': { given: mounting('/dev/nvme0n1p1') },
      'the second of two volumes, in a CronJob': {
        given: cronJob({
          volumes: [
            { name: 'time', hostPath: { path: '/etc/localtime' } },
            { name: 'root', hostPath: { path: '/root/.ssh' } },
          ],
        }),
        at: ['spec.jobTemplate.spec.template.spec.volumes[1].hostPath.path'],
      },
      'a drive of Windows': {
        given: pod({
          os: { name: 'windows' },
          volumes: [{ name: 'drive', hostPath: { path: 'C:\\' } }],
        }),
      },
      'a path of your own': {
        given: mounting('/srv/ledger/2024'),
        parameters: { paths: ['/srv/ledger/**'] },
      },
      'the first of these places and the last': {
        given: pod({
          volumes: [
            { name: 'boot', hostPath: { path: '/boot/grub' } },
            { name: 'windows', hostPath: { path: 'C:\\Windows\\System32' } },
          ],
        }),
        at: ['spec.volumes[0].hostPath.path', 'spec.volumes[1].hostPath.path'],
      },
    },
    pass: {
      'no volumes': { given: pod() },
      'an ordinary directory': { given: mounting('/data') },
      'a name that only begins like one': { given: mounting('/etcd-data') },
      'the time zone': { given: mounting('/etc/localtime') },
      'certificates of authorities': { given: mounting('/etc/ssl/certs/ca.pem') },
      'something below a path that matters only as a whole': { given: mounting('/sys/fs/bpf') },
      'kernel modules': { given: mounting('/lib/modules') },
      'a volume of another type': { given: pod({ volumes: [{ name: 'etc', emptyDir: {} }] }) },
      'each of the harmless ones': {
        given: pod({ volumes: harmless.map((path, index) => ({ name: `v${index}`, hostPath: { path } })) }),
      },
      'a path of your own below one, written crookedly': {
        given: mounting('/etc/ledger'),
        parameters: { allowed: ['/etc//ledger/'] },
      },
      'an empty path, which the API server refuses': { given: mounting('') },
    },
  },
})

/** `target` is targetOf(pattern). */
function opens(hostPath: string, pattern: string, target: string): boolean {
  return exposesPath(hostPath, target) || (pattern.endsWith('/**') && isWithin(hostPath, target))
}

/** A pattern's path in the form of normalizeHostPath. */
function targetOf(pattern: string): string {
  return normalizeHostPath(plain(pattern))
}

function expectation(hostPath: string, sensitivePath: string): string {
  if (hostPath === '/' || /^[a-z]:$/.test(hostPath)) return 'a part of the node, not the whole of it'
  return isWithin(hostPath, sensitivePath)
    ? `nothing of ${sensitivePath}`
    : `no directory above ${sensitivePath}`
}

function plain(pattern: string): string {
  return pattern.endsWith('/**') ? pattern.slice(0, -3) : pattern
}
