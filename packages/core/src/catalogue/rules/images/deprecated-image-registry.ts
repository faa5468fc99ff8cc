// Rule: no image comes from a registry that is given up.

import { setAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, deployment, pod, podWith, podWithInit } from '../../../samples/pods.ts'
import { registryMatcher } from './registry-match.ts'
import { findImages } from './used-images.ts'

/**
 * Sources: kubernetes.io blog of 2023-02-06 (k8s.gcr.io, frozen on 2023-04-03) and 2022-11-28 (its forerunners), GitHub Docs
 * (docker.pkg.github.com, replaced by ghcr.io), JFrog blog of 2021-02-03 (Bintray, closed on 2021-05-01), bitnami/charts#35164
 * (bitnamilegacy, without updates since 2025-08-28).
 */
const givenUp: readonly string[] = [
  'k8s.gcr.io',
  'gcr.io/google_containers',
  'gcr.io/google-containers',
  '*.gcr.io/k8s-artifacts-prod',
  'docker.pkg.github.com',
  '*.bintray.io',
  'docker.io/bitnamilegacy',
]
const isGivenUp = registryMatcher(givenUp)

const frozen = /^k8s\.gcr\.io\//

export const rule = defineRule({
  id: 'deprecated-image-registry',
  title: 'No image comes from a registry that is given up',
  severity: 'low',
  subject: 'PodTemplate',
  parameters: {
    registries: {
      type: 'string[]',
      default: givenUp,
      description:
        'The registries, or parts of them, that no image may come from: k8s.gcr.io, docker.io/bitnamilegacy, *.example.com.',
    },
  },
  rationale:
    'Such a registry gets no new versions and no fixes, and may stop to answer any day; then new nodes cannot start the pod.',
  remediation:
    'Pull the image from where its project publishes now: registry.k8s.io instead of k8s.gcr.io, ghcr.io instead of docker.pkg.github.com.',
  references: ['https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/'],

  *violations(pod, { parameters }) {
    const { registries } = parameters
    const isSought = registries === givenUp ? isGivenUp : registryMatcher(registries)
    for (const { written, path, discriminator } of findImages(pod, isSought))
      yield { path, actual: written, expected: 'a registry that is kept up', discriminator }
  },

  // registry.k8s.io serves every image of k8s.gcr.io under the same path.
  fix: ({ path, actual }, { resource }) =>
    typeof actual === 'string' && frozen.test(actual)
      ? setAt(resource, path, actual.replace(frozen, 'registry.k8s.io/'))
      : [],

  examples: {
    fail: {
      'the frozen registry of Kubernetes': {
        given: podWith({ image: 'k8s.gcr.io/pause:3.6' }),
        at: ['spec.containers[0].image'],
        mended: { 'spec.containers[0].image': 'registry.k8s.io/pause:3.6' },
      },
      'the one before it': {
        given: podWith({ image: 'gcr.io/google_containers/pause-amd64:3.0' }),
        mended: false,
      },
      'an init container': { given: podWithInit({ image: 'k8s.gcr.io/busybox' }) },
      'the second of two, in a Deployment': {
        given: deployment({
          containers: [container(), container({ name: 'db', image: 'bitnamilegacy/redis:7.2' })],
        }),
        at: ['spec.template.spec.containers[1].image'],
        mended: false,
      },
      'one of your own': {
        given: podWith({}),
        parameters: { registries: ['registry.example.com'] },
        mended: false,
      },
      'the other ones': {
        given: podWith(
          { image: 'gcr.io/google-containers/pause:3.1' },
          { image: 'eu.gcr.io/k8s-artifacts-prod/etcd:3.4' },
          { image: 'docker.pkg.github.com/acme/shop/web:1' },
          { image: 'acme-docker.bintray.io/web:1' },
        ),
        at: [0, 1, 2, 3].map(index => `spec.containers[${index}].image`),
        mended: false,
      },
      'a mirror of the frozen one, where it is named': {
        given: podWith({ image: 'mirror.example.com/k8s.gcr.io/pause:3.6' }),
        parameters: { registries: ['*.example.com/k8s.gcr.io'] },
        mended: false,
      },
    },
    pass: {
      'the registry of Kubernetes now': { given: podWith({ image: 'registry.k8s.io/pause:3.9' }) },
      'a name inside another registry': {
        given: podWith({ image: 'mirror.example.com/k8s.gcr.io/pause:3.6' }),
      },
      'another part of the registry': { given: podWith({ image: 'gcr.io/my-project/app:1' }) },
      'a name that is no image': { given: pod({ containers: [container({ image: 'k8s.gcr.io/Pause' })] }) },
    },
  },
})
