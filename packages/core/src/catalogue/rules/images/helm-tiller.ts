// Rule: Helm 2's Tiller is not there.

import { defineRule } from '../../../model/rule.ts'
import { container, deployment, pod, podWith } from '../../../samples/pods.ts'
import { isTillerImage } from './known-images.ts'
import { findImages } from './used-images.ts'

const labels = (own: Record<string, string>) => ({ metadata: { labels: own } })

export const rule = defineRule({
  id: 'helm-tiller',
  title: "Helm 2's server, Tiller, does not run",
  severity: 'high',
  subject: 'PodTemplate',
  rationale:
    'Tiller takes orders without asking who gives them and usually holds all rights in the cluster, so any pod that reaches its port owns the cluster. Helm 2 has had no fixes since November 2020.',
  remediation:
    'Move the releases to Helm 3 or newer, which has no server, and delete Tiller with its ServiceAccount and bindings.',
  references: ['https://helm.sh/blog/helm-2-becomes-unsupported/'],

  *violations(pod) {
    const images = findImages(pod, isTillerImage)
    for (const { written, path, discriminator } of images)
      yield { path, actual: written, expected: 'no Tiller', discriminator }
    const { app, name } = pod.metadata.labels ?? {}
    if (images.length === 0 && app === 'helm' && name === 'tiller')
      yield { path: `${pod.metadataPath}.labels.name`, actual: name, expected: 'no Tiller' }
  },

  examples: {
    fail: {
      'its image': {
        given: podWith({ image: 'gcr.io/kubernetes-helm/tiller:v2.17.0' }),
        at: ['spec.containers[0].image'],
      },
      'its image from elsewhere, in an init container too': {
        given: pod({
          containers: [container({ image: 'docker.io/tiller:latest' })],
          initContainers: [container({ name: 'init', image: 'docker.io/tiller:latest' })],
        }),
        at: ['spec.containers[0].image', 'spec.initContainers[0].image'],
      },
      'its labels, in a Deployment': {
        given: deployment(labels({ app: 'helm', name: 'tiller' })),
        at: ['spec.template.metadata.labels.name'],
      },
      'its image and its labels, which are one finding': {
        given: pod({
          ...labels({ app: 'helm', name: 'tiller' }),
          containers: [container({ image: 'registry.example.com/tiller:v2.17.0' })],
        }),
        at: ['spec.containers[0].image'],
      },
    },
    pass: {
      'another image': { given: podWith({ image: 'docker.io/library/mongo:7' }) },
      'an image whose name only ends like it': { given: podWith({ image: 'docker.io/garden/rototiller:1' }) },
      'a container of that name': { given: podWith({ name: 'tiller' }) },
      'one of its labels': { given: deployment(labels({ app: 'helm', name: 'controller' })) },
      'the other one of its labels': { given: deployment(labels({ app: 'garden', name: 'tiller' })) },
      'an image whose name only begins like it': {
        given: podWith({ image: 'registry.example.com/tiller-ui:1' }),
      },
      'a name that is no image': { given: podWith({ image: 'registry.example.com/Mine/tiller' }) },
      'its labels on the Deployment, not on its pods': {
        given: { ...deployment(), metadata: { name: 'web', labels: { app: 'helm', name: 'tiller' } } },
      },
    },
  },
})
