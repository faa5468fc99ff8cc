// Runtime sockets: where container runtimes listen on a node; whoever can write there starts any container as root.
//
// Sources: the runtimes' own documentation: dockerd --host and rootless mode, containerd config(5), CRI-O crio.conf(5),
// podman-system-service(1), cri-dockerd, K3s and RKE2, k0s, MicroK8s, BuildKit, Bottlerocket host containers.

import { exposesPath, isWithin } from '../../../kube/host-path.ts'

interface RuntimeSockets {
  /** Paths in the form of normalizeHostPath (/var/run is /run); `*` stands for a user's id. */
  readonly paths: readonly string[]
  /** The socket's own name, where it is telling wherever it lies. */
  readonly name?: string
  /** The directory from which on a mount is taken to mean this runtime; any directory above the socket where there is none. */
  readonly below?: string
}

const socketsOf = {
  docker: {
    paths: ['/run/docker.sock', '/run/user/*/docker.sock', '//./pipe/docker_engine'],
    name: 'docker.sock',
  },
  containerd: {
    paths: [
      '/run/containerd/containerd.sock',
      '/run/containerd/containerd.sock.ttrpc',
      '/run/docker/containerd/containerd.sock',
      '/run/host-containerd/containerd.sock',
      '//./pipe/containerd-containerd',
    ],
    name: 'containerd.sock',
  },
  crio: { paths: ['/run/crio/crio.sock'], name: 'crio.sock' },
  podman: { paths: ['/run/podman/podman.sock', '/run/user/*/podman/podman.sock'], name: 'podman.sock' },
  'cri-dockerd': {
    paths: ['/run/cri-dockerd.sock', '/run/k3s/cri-dockerd/cri-dockerd.sock', '/run/dockershim.sock'],
    name: 'cri-dockerd.sock',
  },
  k3s: { paths: ['/run/k3s/containerd/containerd.sock'] },
  k0s: { paths: ['/run/k0s/containerd.sock'] },
  microk8s: { paths: ['/var/snap/microk8s/common/run/containerd.sock'], below: '/var/snap/microk8s' },
  buildkit: { paths: ['/run/buildkit/buildkitd.sock'], name: 'buildkitd.sock' },
} as const satisfies Record<string, RuntimeSockets>

export type ContainerRuntime = keyof typeof socketsOf

/** The runtimes whose sockets are known. */
export const containerRuntimes = Object.keys(socketsOf) as ContainerRuntime[]

/** The first socket of the runtimes named that a mount of `hostPath` (in normal form) gives access to. */
export function findExposedSocket(hostPath: string, runtimes: readonly string[]): string | undefined {
  const own = hostPath.slice(hostPath.lastIndexOf('/') + 1)
  for (const runtime of runtimes) {
    const sockets: RuntimeSockets | undefined = Object.hasOwn(socketsOf, runtime)
      ? socketsOf[runtime as ContainerRuntime]
      : undefined
    if (!sockets) continue
    const { paths, name, below } = sockets
    if (name !== undefined && own === name) return hostPath
    if (below !== undefined && hostPath !== '/' && !isWithin(hostPath, below)) continue
    const found = paths.find(path => exposesPath(hostPath, path))
    if (found !== undefined) return found
  }
  return undefined
}
