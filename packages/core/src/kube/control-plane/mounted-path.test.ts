import { describe, expect, it } from 'vitest'
import type { PodSpec } from '../../model/pod-spec.ts'
import { pod } from '../../samples/pods.ts'
import { readPodTemplate } from '../pod-template.ts'
import { mountedHostPath } from './mounted-path.ts'

const pki = { name: 'pki', hostPath: { path: '/etc/kubernetes/pki' } }
type Mounts = NonNullable<NonNullable<PodSpec['containers']>[number]['volumeMounts']>

function pathOnNode(path: string, volumeMounts: Mounts, volumes: NonNullable<PodSpec['volumes']> = [pki]) {
  const reading = readPodTemplate(pod({ volumes, containers: [{ name: 'c', volumeMounts }] }))
  if (!reading.ok) throw new Error('the sample is broken')
  const [container] = reading.template.containers
  return container && mountedHostPath(reading.template, container, path)
}

describe('where a file of a container lies on its node', () => {
  const etcd = { name: 'etcd', hostPath: { path: '/var/etcd/' } }
  it.each<[string, string, Mounts, string]>([
    ['below a mount', '/pki/ca.crt', [{ name: 'pki', mountPath: '/pki' }], '/etc/kubernetes/pki/ca.crt'],
    ['at a mount', '/pki', [{ name: 'pki', mountPath: '/pki/' }], '/etc/kubernetes/pki'],
    ['beside a mount', '/pki2/ca.crt', [{ name: 'pki', mountPath: '/pki' }], '/pki2/ca.crt'],
    [
      'below a part of a volume',
      '/x/ca.crt',
      [{ name: 'pki', mountPath: '/x', subPath: 'etcd' }],
      '/etc/kubernetes/pki/etcd/ca.crt',
    ],
    ['below a mount of the root', '/a/b', [{ name: 'pki', mountPath: '/' }], '/etc/kubernetes/pki/a/b'],
    [
      'with dots on the way',
      '/pki/../pki/./ca.crt',
      [{ name: 'pki', mountPath: '/pki' }],
      '/etc/kubernetes/pki/ca.crt',
    ],
    [
      'below the inner of two mounts',
      '/pki/etcd/ca.crt',
      [
        { name: 'etcd', mountPath: '/pki/etcd' },
        { name: 'pki', mountPath: '/pki' },
      ],
      '/var/etcd/ca.crt',
    ],
    ['below no mount at all', '/ca.crt', [], '/ca.crt'],
    ['below a volume of another kind', '/s/ca.crt', [{ name: 'secret', mountPath: '/s' }], '/s/ca.crt'],
  ])('%s', (_, path, mounts, expected) => {
    expect(pathOnNode(path, mounts, [pki, etcd, { name: 'secret', secret: { secretName: 's' } }])).toBe(
      expected,
    )
  })
})
