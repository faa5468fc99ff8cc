// Tests of the sockets of container runtimes: what each runtime's mounts give away.

import { describe, expect, test } from 'vitest'
import { normalizeHostPath } from '../../../kube/host-path.ts'
import { containerRuntimes, findExposedSocket } from './runtime-sockets.ts'

const exposed = (path: string, runtimes: readonly string[] = containerRuntimes) =>
  findExposedSocket(normalizeHostPath(path), runtimes)

describe('each runtime', () => {
  test.each([
    ['docker', '/var/run/docker.sock'],
    ['docker', '/run/user/1000/docker.sock'],
    ['docker', '//./pipe/docker_engine'],
    ['containerd', '/run/containerd/containerd.sock'],
    ['containerd', '/var/run/docker/containerd'],
    ['containerd', '\\\\.\\pipe\\containerd-containerd'],
    ['crio', '/var/run/crio/crio.sock'],
    ['podman', '/run/podman/podman.sock'],
    ['podman', '/run/user/0/podman/podman.sock'],
    ['cri-dockerd', '/var/run/cri-dockerd.sock'],
    ['cri-dockerd', '/var/run/dockershim.sock'],
    ['k3s', '/run/k3s/containerd/containerd.sock'],
    ['k0s', '/run/k0s/containerd.sock'],
    ['microk8s', '/var/snap/microk8s/common/run/containerd.sock'],
    ['buildkit', '/run/buildkit/buildkitd.sock'],
  ])('of %s: %s', (runtime, path) => {
    expect(exposed(path, [runtime])).toBeDefined()
    expect(exposed('/', [runtime])).toBeDefined()
  })

  test('is on the list', () => {
    expect([...containerRuntimes].sort()).toEqual(
      ['buildkit', 'containerd', 'cri-dockerd', 'crio', 'docker', 'k0s', 'k3s', 'microk8s', 'podman'].sort(),
    )
  })
})

test('a directory above a socket names the socket', () => {
  expect(exposed('/run')).toBe('/run/docker.sock')
  expect(exposed('/run', ['crio'])).toBe('/run/crio/crio.sock')
  expect(exposed('/var/snap/microk8s')).toBe('/var/snap/microk8s/common/run/containerd.sock')
})

test('directories beside the sockets give nothing away', () => {
  for (const path of [
    '/var',
    '/var/lib',
    '/var/snap',
    '/run/docker/plugins',
    '/run/containerd/runc',
    '/run/lock',
  ])
    expect(exposed(path), path).toBeUndefined()
})

test('unknown runtimes have no sockets', () => {
  expect(exposed('/', ['constructor', 'rkt'])).toBeUndefined()
})
