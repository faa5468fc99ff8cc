// Rule: no volume gives a pod the socket of its node's container runtime.

import { defineRule } from '../../../model/rule.ts'
import { cronJob, deployment, pod } from '../../../samples/pods.ts'
import { hostPathVolumes } from './host-path-volumes.ts'
import { containerRuntimes, findExposedSocket } from './runtime-sockets.ts'

const mounting = (path: string) => pod({ volumes: [{ name: 'socket', hostPath: { path } }] })

export const rule = defineRule({
  id: 'container-runtime-socket',
  title: 'No volume exposes the socket of a container runtime',
  severity: 'critical',
  subject: 'PodTemplate',
  parameters: {
    runtimes: {
      type: 'string[]',
      default: containerRuntimes,
      description: `The runtimes whose sockets are looked for, among ${containerRuntimes.join(', ')}.`,
    },
  },
  rationale:
    'Whoever reaches the socket of the container runtime can start a privileged container on the node, so it is root on that node. A mount of a directory above the socket, such as /run, gives it away too.',
  remediation:
    'Remove the hostPath volume. Build images with a rootless builder, and read container data from the Kubernetes API or the kubelet; where an agent must talk to the runtime, run it in a namespace of its own that only administrators can change.',
  references: [
    'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
    'https://docs.docker.com/engine/security/#docker-daemon-attack-surface',
  ],
  faultFields: ['hostPath'],

  *violations(pod, { parameters }) {
    for (const { name, written, hostPath, path } of hostPathVolumes(pod)) {
      const socket = findExposedSocket(hostPath, parameters.runtimes)
      if (socket !== undefined)
        yield {
          path,
          actual: written,
          expected: socket === hostPath ? 'no runtime socket' : `no directory above ${socket}`,
          discriminator: name,
        }
    }
  },

  examples: {
    fail: {
      'the Docker socket': {
        given: mounting('/var/run/docker.sock'),
        at: ['spec.volumes[0].hostPath.path'],
      },
      'the containerd socket in a CronJob, mounted by nobody': {
        given: cronJob({
          volumes: [
            { name: 'data', emptyDir: {} },
            { name: 'cri', hostPath: { path: '/run/containerd/containerd.sock' } },
          ],
        }),
        at: ['spec.jobTemplate.spec.template.spec.volumes[1].hostPath.path'],
      },
      'the directory above it': { given: mounting('/run') },
      'that directory by its old name': { given: mounting('/var/run/') },
      'the whole node': { given: mounting('/') },
      'written crookedly': { given: mounting('/var/lib/../run//crio') },
      'of a user without root': { given: mounting('/run/user/1000/podman') },
      'in an unusual place': { given: mounting('/opt/tools/docker.sock') },
      'of K3s, in a Deployment': {
        given: deployment({ volumes: [{ name: 'k3s', hostPath: { path: '/run/k3s' } }] }),
      },
      'of MicroK8s': { given: mounting('/var/snap/microk8s/common/run') },
      'the pipe on Windows': {
        given: pod({
          os: { name: 'windows' },
          volumes: [{ name: 'pipe', hostPath: { path: '\\\\.\\pipe\\docker_engine' } }],
        }),
      },
      'two of them': {
        given: pod({
          volumes: [
            { name: 'docker', hostPath: { path: '/run/docker.sock' } },
            { name: 'buildkit', hostPath: { path: '/run/buildkit' } },
            { name: 'moved', hostPath: { path: '/srv/buildkitd.sock' } },
          ],
        }),
        at: [0, 1, 2].map(volume => `spec.volumes[${volume}].hostPath.path`),
      },
      'the directory of all users': { given: mounting('/run/user'), parameters: { runtimes: ['docker'] } },
      'the whole node, where one runtime is looked for': {
        given: mounting('/'),
        parameters: { runtimes: ['microk8s'] },
      },
    },
    pass: {
      'no volumes': { given: pod() },
      'another socket beside it': { given: mounting('/var/run/thing.sock') },
      'a name that only begins like it': { given: mounting('/var/run/docker.socket') },
      'a directory of the runtime without its socket': {
        given: mounting('/run/containerd/io.containerd.runtime.v2.task'),
      },
      '/var, whose run is a link out of it': { given: mounting('/var') },
      'an ordinary directory': { given: mounting('/data') },
      'a volume of another type': { given: pod({ volumes: [{ name: 'docker.sock', emptyDir: {} }] }) },
      'a runtime that is not looked for': {
        given: mounting('/run/containerd/containerd.sock'),
        parameters: { runtimes: ['docker'] },
      },
      'runtimes that nobody knows': {
        given: mounting('/run/docker.sock'),
        parameters: { runtimes: ['rkt', 'constructor'] },
      },
    },
  },
})
