// Rule: every image comes from a registry of the house.

import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, pod, podWith, podWithEphemeral, podWithInit } from '../../../samples/pods.ts'
import { registryMatcher } from './registry-match.ts'
import { expectImage, findImages } from './used-images.ts'

const parameters = { allowed: ['registry.example.com', 'docker.io/library', '*.dkr.ecr.*.amazonaws.com'] }

export const rule = defineRule({
  id: 'image-registry',
  title: 'Every image comes from an allowed registry',
  severity: 'medium',
  defaultEnabled: false,
  subject: 'PodTemplate',
  parameters: {
    allowed: {
      type: 'string[]',
      default: [],
      description:
        'The registries that images may come from: registry.example.com, docker.io/library, *.example.com. An empty list allows none.',
    },
  },
  rationale:
    'Who may push to the registry decides what runs in the cluster. Off by default: only the house knows its registries; name them in the parameter when you turn the rule on.',
  remediation: 'Copy the image to an allowed registry, scan it there, and pull it from there.',
  references: ['https://kubernetes.io/docs/concepts/containers/images/'],

  *violations(pod, { parameters: { allowed } }) {
    const isAllowed = registryMatcher(allowed)
    const wanted = allowed.length === 0 ? 'no image: no registry is allowed' : `from ${allowed.join(', ')}`
    for (const { written, path, discriminator } of findImages(pod, image => !isAllowed(image)))
      yield { path, actual: written, expected: expectImage(written, wanted), discriminator }
  },

  examples: {
    fail: {
      'another registry': {
        given: podWith({ image: 'quay.io/app:1' }),
        parameters,
        at: ['spec.containers[0].image'],
      },
      'Docker Hub, of which only a part is allowed': {
        given: podWith({ image: 'grafana/grafana:11' }),
        parameters,
      },
      'a registry whose name only begins like it': {
        given: podWith({ image: 'registry.example.com.evil.example/app:1' }),
        parameters,
      },
      'a part whose name only begins like it': {
        given: podWith({ image: 'docker.io/library-x/app:1' }),
        parameters,
      },
      'another port of the host': {
        given: podWith({ image: 'registry.example.com:5000/app:1' }),
        parameters,
      },
      'an init container': { given: podWithInit({ image: 'quay.io/app:1' }), parameters },
      'an ephemeral container': { given: podWithEphemeral({ image: 'quay.io/debug:1' }), parameters },
      'an image volume': {
        given: pod({ volumes: [{ name: 'model', image: { reference: 'quay.io/model:1' } }] }),
        parameters,
      },
      'a name that is no image': { given: podWith({ image: 'registry.example.com/App:1' }), parameters },
      'none is allowed': { given: podWith({}) },
      'both of two, and an image volume': {
        given: pod({
          containers: [container({ image: 'quay.io/app:1' }), container({ name: 'b', image: 'quay.io/b:1' })],
          volumes: [{ name: 'model', image: { reference: 'quay.io/model:1' } }],
        }),
        parameters,
        at: ['spec.containers[0].image', 'spec.containers[1].image', 'spec.volumes[0].image.reference'],
      },
      'a host with another letter for a dot': {
        given: podWith({ image: 'registryxexample.com/app:1' }),
        parameters: { allowed: ['registry.example.com'] },
      },
      'a host with another letter for a dot after a star': {
        given: podWith({ image: 'eu.mirrorxexample.com/team/app:1' }),
        parameters: { allowed: ['*.mirror.example.com/team'] },
      },
      'a part of Docker Hub, of which another is allowed': {
        given: podWith({ image: 'redis:7.2' }),
        parameters: { allowed: ['docker.io/library/nginx'] },
      },
      'an empty entry allows none': { given: podWith({}), parameters: { allowed: ['', '/'] } },
    },
    pass: {
      'the registry': { given: podWith({}), parameters },
      'the registry in capital letters': {
        given: podWith({ image: 'Registry.Example.com/app:1' }),
        parameters,
      },
      'the part, written short': { given: podWith({ image: 'nginx:1.27.3' }), parameters },
      'one that a pattern names, in a CronJob': {
        given: cronJob({
          containers: [container({ image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:1' })],
        }),
        parameters,
      },
      'an entry in capital letters, with slashes behind it': {
        given: podWith({}),
        parameters: { allowed: ['Registry.Example.com//'] },
      },
      'in capital letters, where no other is allowed': {
        given: podWith({ image: 'Registry.Example.com/app:1' }),
        parameters: { allowed: ['registry.example.com'] },
      },
      'one image of Docker Hub, written short': {
        given: podWith({ image: 'nginx:1.27.3' }),
        parameters: { allowed: ['docker.io/library/nginx'] },
      },
      'one that a pattern of two stars names': {
        given: podWith({ image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:1' }),
        parameters: { allowed: ['*.dkr.ecr.*.amazonaws.com'] },
      },
      'a container without an image, which the API server refuses': {
        given: pod({ containers: [{ name: 'app' }] }),
        parameters,
      },
      'volumes of other types, and one that names no image': {
        given: pod({
          volumes: [
            { name: 'scratch', emptyDir: {} },
            { name: 'model', image: {} },
          ],
        }),
        parameters,
      },
    },
  },
})
