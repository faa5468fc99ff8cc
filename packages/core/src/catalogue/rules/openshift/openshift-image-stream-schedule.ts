// Rule: image streams look for newer images by themselves.

import { imageStreamKind, readImageStream } from '../../../kube/openshift/platform-kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'

const stream = (spec?: object) =>
  object(
    'image.openshift.io/v1',
    'ImageStream',
    { name: 'web', namespace: 'shop' },
    spec === undefined ? {} : { spec },
  )
const image = { kind: 'DockerImage', name: 'quay.io/example/web:1' }
const digest = `quay.io/example/web@sha256:${'0'.repeat(64)}`

export const rule = defineRule({
  id: 'openshift-image-stream-schedule',
  title: 'Image streams look for newer images by themselves',
  severity: 'low',
  // Pipelines that import what they have tested want it otherwise.
  defaultEnabled: false,
  subject: imageStreamKind,
  rationale:
    'A tag that is imported once stays at the image of that day, with the holes that were found in it since.',
  remediation: 'Set importPolicy.scheduled of each tag that comes from a registry to true.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/images/managing-image-streams',
  ],

  *violations(resource) {
    const { dockerImageRepository, tags = [] } = readImageStream(resource).spec ?? {}
    if (dockerImageRepository)
      yield {
        path: 'spec.dockerImageRepository',
        actual: dockerImageRepository,
        expected: 'tags in spec.tags, since a repository as a whole is not imported on schedule',
      }
    for (const [i, { name = '', from, reference, importPolicy }] of tags.entries()) {
      // What is only referred to is not imported, and a digest always names the same image.
      if (from?.kind !== 'DockerImage' || reference || from.name?.includes('@')) continue
      const scheduled = importPolicy?.scheduled
      if (!scheduled)
        yield {
          path: `spec.tags[${i}].importPolicy.scheduled`,
          actual: scheduled,
          expected: 'true',
          discriminator: name,
        }
    }
  },

  examples: {
    fail: {
      'imported once': {
        given: stream({ tags: [{ name: '1', from: image }] }),
        at: ['spec.tags[0].importPolicy.scheduled'],
      },
      'the second and the third tag': {
        given: stream({
          tags: [
            { name: '1', from: image, importPolicy: { scheduled: true } },
            { name: '2', from: image, importPolicy: { scheduled: false } },
            { name: '3', from: { kind: 'DockerImage' }, importPolicy: {} },
          ],
        }),
        at: ['spec.tags[1].importPolicy.scheduled', 'spec.tags[2].importPolicy.scheduled'],
      },
      'a whole repository': {
        given: stream({ dockerImageRepository: 'quay.io/example/web' }),
        at: ['spec.dockerImageRepository'],
      },
    },
    pass: {
      'on schedule': {
        given: stream({ tags: [{ name: '1', from: image, importPolicy: { scheduled: true } }] }),
      },
      'a tag of the same stream': {
        given: stream({ tags: [{ name: 'latest', from: { kind: 'ImageStreamTag', name: '1' } }] }),
      },
      'an image by its digest': {
        given: stream({ tags: [{ name: '1', from: { kind: 'DockerImage', name: digest } }] }),
      },
      'a reference alone': { given: stream({ tags: [{ name: '1', from: image, reference: true }] }) },
      'what is pushed': { given: stream({ tags: [{ name: '1' }] }) },
      'no tags': { given: stream({ dockerImageRepository: '' }) },
      'no spec': { given: stream() },
    },
  },
})
