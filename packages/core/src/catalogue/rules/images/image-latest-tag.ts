// Rule: every image has a tag that stands for one version.

import { effectiveTag, parseImageReference } from '../../../kube/image-reference.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, pod, podWith, podWithEphemeral, podWithInit } from '../../../samples/pods.ts'
import { expectImage, findImages } from './used-images.ts'

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`

export const rule = defineRule({
  id: 'image-latest-tag',
  title: 'Every image has a tag that stands for one version',
  severity: 'low',
  subject: 'PodTemplate',
  parameters: {
    tags: {
      type: 'string[]',
      default: ['latest'],
      description: 'The tags that stand for no one version, such as stable or main.',
    },
  },
  rationale:
    'What latest means changes from day to day: nobody can say which code runs, two replicas may run different code, and a rollback brings nothing back. An image with neither tag nor digest is pulled as latest.',
  remediation: 'Name the version in the tag, or better pin the image by its digest.',
  references: ['https://kubernetes.io/docs/concepts/containers/images/#image-names'],

  *violations(pod, { parameters }) {
    for (const { written, path, discriminator } of findImages(pod, one => isMoving(one, parameters.tags)))
      yield {
        path,
        actual: written,
        expected: expectImage(written, 'a tag of one version, or a digest'),
        discriminator,
      }
  },

  examples: {
    fail: {
      'the tag latest': { given: podWith({ image: 'nginx:latest' }), at: ['spec.containers[0].image'] },
      'no tag': { given: podWith({ image: 'nginx' }) },
      'no tag, but a port of the registry': { given: podWith({ image: 'registry.example.com:5000/app' }) },
      'the second of two': {
        given: podWith({}, { image: 'nginx:latest' }),
        at: ['spec.containers[1].image'],
      },
      'an init container': { given: podWithInit({ image: 'busybox' }) },
      'an ephemeral container': { given: podWithEphemeral({ image: 'busybox:latest' }) },
      'in a CronJob': { given: cronJob({ containers: [container({ image: 'busybox' })] }) },
      'an image volume': {
        given: pod({ volumes: [{ name: 'model', image: { reference: 'registry.example.com/model' } }] }),
        at: ['spec.volumes[0].image.reference'],
      },
      'a digest that is none': { given: podWith({ image: 'nginx@sha256:abc' }) },
      'a tag of your own': {
        given: podWith({ image: 'nginx:stable' }),
        parameters: { tags: ['latest', 'stable'] },
      },
      'both of two': {
        given: podWith({ image: 'nginx:latest' }, { image: 'redis:latest' }),
        at: ['spec.containers[0].image', 'spec.containers[1].image'],
      },
    },
    pass: {
      'a version': { given: podWith({ image: 'nginx:1.27.3' }) },
      'a digest without a tag': { given: podWith({ image: `nginx@${digest}` }) },
      'latest with a digest, which decides': { given: podWith({ image: `nginx:latest@${digest}` }) },
      'a tag that only begins like it': { given: podWith({ image: 'nginx:latest-1.27' }) },
      'in other letters, which is another tag': { given: podWith({ image: 'nginx:Latest' }) },
      'a repository of that name': { given: podWith({ image: 'registry.example.com/latest:1.0' }) },
    },
  },
})

/** A reference that cannot be read has no tag of one version either. */
function isMoving(written: string, tags: readonly string[]): boolean {
  const reading = parseImageReference(written)
  if (!reading.ok) return true
  const tag = effectiveTag(reading.image)
  return tag !== undefined && reading.image.digest === undefined && tags.includes(tag)
}
