// Rule: no hostPath volume opens a place where cloud credentials are kept on nodes.

import { exposesPath, isWithin, normalizeHostPath } from '../../../kube/host-path.ts'
import { defineRule } from '../../../model/rule.ts'
import { deployment, pod } from '../../../samples/pods.ts'
import { hostPathVolumes } from './host-path-volumes.ts'

/**
 * Directories of a user's home in which the clouds' command lines keep credentials. Sources: AWS CLI, gcloud, Azure CLI, OCI CLI,
 * Alibaba Cloud CLI, doctl, IBM Cloud CLI, kubectl and Docker documentation.
 */
const ofUsers = [
  ['.aws'],
  ['.azure'],
  ['.config', 'gcloud'],
  ['.oci'],
  ['.aliyun'],
  ['.config', 'doctl'],
  ['.bluemix'],
  ['.kube'],
  ['.docker', 'config.json'],
]

/** Files of the node itself. Sources: cloud-provider-azure, Azure VM agent, cloud-init documentation. */
const ofNodes = [
  '/etc/kubernetes/azure.json',
  '/etc/kubernetes/cloud-config',
  '/var/lib/waagent',
  '/var/lib/cloud',
]

const mounting = (...paths: string[]) =>
  pod({ volumes: paths.map((path, index) => ({ name: `host-${index}`, hostPath: { path } })) })
const pathOf = (volume: number) => `spec.volumes[${volume}].hostPath.path`

export const rule = defineRule({
  id: 'cloud-credentials-host-path',
  title: 'No hostPath volume opens cloud or cluster credentials',
  severity: 'high',
  subject: 'PodTemplate',
  parameters: {
    paths: {
      type: 'string[]',
      default: ofNodes,
      description:
        'Paths on nodes that hold credentials, besides the directories that command lines of clouds and kubectl use in any home.',
    },
  },
  rationale:
    'The pod can use these credentials as the node or its administrator, outside the cluster and after the pod is gone.',
  remediation:
    "Remove the hostPath volume. Give the pod's ServiceAccount an identity of its own in the cloud (IRSA or Pod Identity, Workload Identity Federation, Microsoft Entra Workload ID).",
  references: ['https://kubernetes.io/docs/concepts/storage/volumes/#hostpath'],
  faultFields: ['hostPath'],

  *violations(pod, { parameters }) {
    for (const { name, written, hostPath, path } of hostPathVolumes(pod))
      if (holdsUserCredentials(hostPath) || parameters.paths.some(one => meets(hostPath, one)))
        yield { path, actual: written, expected: 'no place of credentials', discriminator: name }
  },

  examples: {
    fail: {
      'of AWS': { given: mounting('/.aws/config/'), at: ['spec.volumes[0].hostPath.path'] },
      "in somebody's home": { given: mounting('/home/anna/.azure') },
      'a file of gcloud': { given: mounting('/root/.config/gcloud/application_default_credentials.json') },
      'a kubeconfig, in a Deployment': {
        given: deployment({ volumes: [{ name: 'kube', hostPath: { path: '/root/.kube/config' } }] }),
      },
      "the node's own": { given: mounting('/etc/kubernetes/azure.json') },
      'a directory with those of the node': { given: mounting('/etc/kubernetes') },
      'of other clouds, and of a registry': {
        given: mounting(
          '/root/.oci',
          '/root/.aliyun',
          '/root/.config/doctl',
          '/root/.bluemix',
          '/root/.docker/config.json',
        ),
        at: [0, 1, 2, 3, 4].map(pathOf),
      },
      "other ones of the node's own": {
        given: mounting('/etc/kubernetes/cloud-config', '/var/lib/waagent/certs', '/var/lib/cloud/instance'),
        at: [0, 1, 2].map(pathOf),
      },
    },
    pass: {
      'no volumes': { given: pod() },
      'an ordinary directory': { given: mounting('/data/aws') },
      'a name that only begins like one': { given: mounting('/root/.awsome') },
      'another configuration': { given: mounting('/root/.config/nvim') },
      'a path far above': { given: mounting('/etc/localtime') },
      'a volume of another type': {
        given: pod({ volumes: [{ name: 'aws', secret: { secretName: 'aws' } }] }),
      },
      'names that mean something only in their directory': {
        given: mounting('/srv/gcloud', '/srv/doctl', '/srv/app/config.json', '/root/.docker/cache'),
      },
      'all of the node, of /etc and of /var, of which another rule speaks': {
        given: mounting('/', '/etc', '/var'),
      },
    },
  },
})

function holdsUserCredentials(hostPath: string): boolean {
  const names = hostPath.split('/')
  return ofUsers.some(wanted => names.some((_, i) => wanted.every((name, j) => names[i + j] === name)))
}

/** The whole node and its whole `/etc` or `/var` hold more than credentials: the rule on sensitive paths speaks of those. */
function meets(hostPath: string, place: string): boolean {
  const target = normalizeHostPath(place)
  const isBroad = hostPath.indexOf('/', 1) < 0
  return isWithin(hostPath, target) || (!isBroad && exposesPath(hostPath, target))
}
