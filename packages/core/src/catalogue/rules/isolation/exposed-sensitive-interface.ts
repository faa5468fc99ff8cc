// Rule: no console that runs a cluster or a pipeline is reachable from outside.

import { nameOf } from '../../../kube/asset-key.ts'
import { parseImageReference } from '../../../kube/image-reference.ts'
import { exposedServicesOf, exposureKinds, exposuresOfAll } from '../../../kube/network/exposure.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'
import { defineRule } from '../../../model/rule.ts'
import { ingress, service } from '../../../samples/network.ts'
import { container, deployment } from '../../../samples/pods.ts'

const board = deployment({ containers: [container({ image: 'kubernetesui/dashboard:v2.7.0' })] })
const toWeb = ingress({
  rules: [{ http: { paths: [{ path: '/', backend: { service: { name: 'web', port: { number: 80 } } } }] } }],
})

export const rule = defineRule({
  id: 'exposed-sensitive-interface',
  title: 'No console that can run code or shows data is reachable from outside the cluster',
  severity: 'high',
  subject: 'PodTemplate',
  reads: exposureKinds,
  parameters: {
    images: {
      type: 'string[]',
      default: [
        'adminer',
        'apache/airflow',
        'apache/nifi',
        'argoproj/argocli',
        'centraldashboard',
        'jenkins/jenkins',
        'kubernetesui/dashboard',
        'kubernetesui/dashboard-web',
        'kubernetes-dashboard-amd64',
        'mongo-express',
        'phpmyadmin',
        'prom/prometheus',
        'prometheus/prometheus',
        'redis-commander',
        'weaveworks/scope',
      ],
      description: 'The images of such consoles, by the last parts of their repositories.',
    },
  },
  rationale:
    'Such consoles run code, read all data or steer the cluster, and many ask for no credentials as they are delivered; attackers look for them.',
  remediation:
    'Make their Service ClusterIP and take away the routes to it; reach them by kubectl port-forward, a VPN, or a proxy that asks who comes.',
  references: ['https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/'],

  *violations(pod, { lookup, parameters: { images } }) {
    const consoles = pod.containers.filter(({ image = '' }) => isAmong(image, images))
    if (consoles.length === 0) return
    const exposed = exposedServicesOf(lookup.derive(exposuresOfAll), pod)
    const open = exposed.flatMap(({ service, exposures }) =>
      exposures.map(
        ({ way, by }) =>
          `${way} of ${by.kind} ${nameOf(by)}${by === service ? '' : ` by Service ${nameOf(service)}`}`,
      ),
    )
    if (open.length === 0) return
    for (const { path, image, name } of consoles)
      yield {
        path: `${path}.image`,
        actual: image,
        expected: `no way in from outside; there is ${open.join(', ')}`,
        discriminator: name,
      }
  },

  examples: {
    fail: {
      'by a load balancer': {
        given: board,
        with: [service({ type: 'LoadBalancer' })],
        at: ['spec.template.spec.containers[0].image'],
      },
      'by a port of the nodes': { given: board, with: [service({ type: 'NodePort' })] },
      'by an Ingress': { given: board, with: [service(), toWeb] },
      'by a load balancer for some': {
        given: board,
        with: [service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8'] })],
      },
      'the second container, from another registry': {
        given: deployment({
          containers: [
            container(),
            container({ name: 'ci', image: 'registry.example.com/mirror/jenkins/jenkins:lts' }),
          ],
        }),
        with: [service({ type: 'LoadBalancer' })],
        at: ['spec.template.spec.containers[1].image'],
      },
      'an image by parameter': {
        given: deployment({ containers: [container({ image: 'example.com/our/console:1' })] }),
        with: [service({ type: 'LoadBalancer' })],
        parameters: { images: ['our/console'] },
      },
      'both of two': {
        given: deployment({
          containers: [container({ image: 'adminer:4' }), container({ name: 'b', image: 'phpmyadmin:5' })],
        }),
        with: [service({ type: 'LoadBalancer' })],
        at: ['spec.template.spec.containers[0].image', 'spec.template.spec.containers[1].image'],
      },
    },
    pass: {
      'inside the cluster': { given: board, with: [service()] },
      'without a Service': { given: board },
      'another image behind the load balancer': {
        given: deployment(),
        with: [service({ type: 'LoadBalancer' })],
      },
      'a name that only ends alike': {
        given: deployment({ containers: [container({ image: 'example.com/myjenkins/jenkins:1' })] }),
        with: [service({ type: 'LoadBalancer' })],
      },
      'a console of other pods': {
        given: board,
        with: [service({ type: 'LoadBalancer', selector: { app: 'other' } })],
      },
      'a pod that only has the name': {
        given: { ...deployment(), metadata: { name: 'kubernetes-dashboard', namespace: 'shop' } },
        with: [service({ type: 'LoadBalancer' })],
      },
      'a name that is no image, and no image': {
        given: deployment({
          containers: [container({ image: 'mirror.example.com/Team/adminer' }), { name: 'b' }],
        }),
        with: [service({ type: 'LoadBalancer' })],
      },
    },
  },
})

function isAmong(image: PodTemplate['containers'][number]['image'], images: readonly string[]): boolean {
  if (image === undefined || !images.some(one => image.includes(one))) return false
  const reading = parseImageReference(image)
  if (!reading.ok) return false
  const { repository } = reading.image
  return images.some(one => repository === one || repository.endsWith(`/${one}`))
}
