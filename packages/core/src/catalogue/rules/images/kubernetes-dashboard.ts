// Rule: the Kubernetes Dashboard is not there.

import { defineRule } from '../../../model/rule.ts'
import { container, deployment, podWith } from '../../../samples/pods.ts'
import { isDashboardImage } from './known-images.ts'
import { findImages } from './used-images.ts'

export const rule = defineRule({
  id: 'kubernetes-dashboard',
  title: 'The Kubernetes Dashboard does not run',
  severity: 'low',
  subject: 'PodTemplate',
  rationale:
    'The project was archived in January 2026 and gets no fixes. Who reaches the Dashboard acts with the rights of the token it is given, and more than one cluster was taken over through one that was open to the internet.',
  remediation:
    'Remove it, with its ServiceAccounts and bindings; use a console that is maintained, such as Headlamp, behind the sign-on of the house.',
  references: ['https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/'],

  *violations(pod) {
    for (const { written, path, discriminator } of findImages(pod, isDashboardImage))
      yield { path, actual: written, expected: 'no Dashboard', discriminator }
  },

  examples: {
    fail: {
      'version 2': {
        given: podWith({ image: 'kubernetesui/dashboard:v2.7.0' }),
        at: ['spec.containers[0].image'],
      },
      'a part of version 7, in a Deployment': {
        given: deployment({
          containers: [container({ image: 'docker.io/kubernetesui/dashboard-api:1.10.1' })],
        }),
      },
      'version 1': { given: podWith({ image: 'k8s.gcr.io/kubernetes-dashboard-amd64:v1.10.1' }) },
      'a copy in a registry of the house': {
        given: podWith({ image: 'registry.example.com/mirror/kubernetesui/dashboard:v2.7.0' }),
      },
      'the other parts of version 7': {
        given: podWith(
          { image: 'kubernetesui/dashboard-web:1.7.0' },
          { image: 'kubernetesui/dashboard-auth:1.3.0' },
        ),
        at: ['spec.containers[0].image', 'spec.containers[1].image'],
      },
      'version 1 for other machines': {
        given: podWith(
          ...['', '-arm', '-arm64', '-ppc64le', '-s390x'].map(machine => ({
            image: `registry.example.com/kubernetes-dashboard${machine}:v1.10.1`,
          })),
        ),
        at: [0, 1, 2, 3, 4].map(index => `spec.containers[${index}].image`),
      },
    },
    pass: {
      'another image': { given: podWith({ image: 'grafana/grafana:11.0.0' }) },
      'another dashboard': { given: podWith({ image: 'registry.example.com/sales/dashboard:3' }) },
      'its helper that shows nothing': { given: podWith({ image: 'kubernetesui/metrics-scraper:v1.0.9' }) },
      'a container of that name': { given: podWith({ name: 'kubernetes-dashboard' }) },
      'names that only begin or end like it': {
        given: podWith(
          { image: 'registry.example.com/kubernetes-dashboard-proxy:1' },
          { image: 'registry.example.com/mykubernetesui/dashboard:1' },
        ),
      },
      'a name that is no image': { given: podWith({ image: 'Kubernetesui/dashboard' }) },
    },
  },
})
