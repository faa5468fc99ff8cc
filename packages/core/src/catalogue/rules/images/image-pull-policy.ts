// Rule: an image that may change under its name is pulled each time.

import { effectiveTag, parseImageReference } from '../../../kube/image-reference.ts'
import { setAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, pod, podWith, podWithInit } from '../../../samples/pods.ts'
import { findImages } from './used-images.ts'

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`

export const rule = defineRule({
  id: 'image-pull-policy',
  title: 'An image that may change under its name is pulled each time',
  severity: 'low',
  subject: 'PodTemplate',
  parameters: {
    images: {
      type: 'string',
      oneOf: ['latest', 'all'],
      default: 'latest',
      description: 'Which images must be pulled each time: those with the tag latest, or all.',
    },
  },
  rationale:
    'With IfNotPresent a node keeps running the latest that it happened to pull first, and nodes differ. For all images, Always also makes each node ask the registry whether this pod may have the image, instead of giving it what another pod pulled.',
  remediation: 'Set imagePullPolicy: Always, or give the image a tag of one version.',
  references: ['https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy'],

  *violations(pod, { parameters }) {
    const isAll = parameters.images === 'all'
    const isKept = (written: string, policy: string | undefined) =>
      policy !== 'Always' &&
      (policy === undefined ? isAll && !isPulledByDefault(written) : isAll || isMovingLatest(written))
    for (const { pullPolicy, pullPolicyPath, discriminator } of findImages(pod, isKept))
      yield { path: pullPolicyPath, actual: pullPolicy, expected: 'Always', discriminator }
  },

  fix: ({ path }, { resource }) => setAt(resource, path, 'Always'),

  examples: {
    fail: {
      'latest, kept when it is there': {
        given: podWith({ image: 'nginx:latest', imagePullPolicy: 'IfNotPresent' }),
        at: ['spec.containers[0].imagePullPolicy'],
      },
      'latest, never pulled, by the second of two': {
        given: podWith({}, { image: 'nginx', imagePullPolicy: 'Never' }),
        at: ['spec.containers[1].imagePullPolicy'],
      },
      'an init container': { given: podWithInit({ image: 'busybox', imagePullPolicy: 'IfNotPresent' }) },
      'an image volume, in a CronJob': {
        given: cronJob({
          volumes: [
            { name: 'model', image: { reference: 'registry.example.com/model', pullPolicy: 'Never' } },
          ],
        }),
        at: ['spec.jobTemplate.spec.template.spec.volumes[0].image.pullPolicy'],
      },
      'a version, which is kept when nothing is said, where all are asked for': {
        given: podWith({ image: 'nginx:1.27.3' }),
        parameters: { images: 'all' },
      },
      'a digest where all are asked for': {
        given: podWith({ image: `nginx@${digest}` }),
        parameters: { images: 'all' },
      },
      'both of two': {
        given: podWith(
          { image: 'nginx', imagePullPolicy: 'Never' },
          { image: 'redis:latest', imagePullPolicy: 'IfNotPresent' },
        ),
        at: ['spec.containers[0].imagePullPolicy', 'spec.containers[1].imagePullPolicy'],
      },
      'a version, kept when it is there, where all are asked for': {
        given: podWith({ image: 'nginx:1.27.3', imagePullPolicy: 'IfNotPresent' }),
        parameters: { images: 'all' },
      },
      'a name that is no image, where all are asked for': {
        given: podWith({ image: 'Nginx' }),
        parameters: { images: 'all' },
      },
    },
    pass: {
      'latest, with nothing said, is always pulled': { given: podWith({ image: 'nginx:latest' }) },
      'no tag, with nothing said, is always pulled': {
        given: podWith({ image: 'nginx' }),
        parameters: { images: 'all' },
      },
      'always said': { given: podWith({ image: 'nginx', imagePullPolicy: 'Always' }) },
      'a version, kept when it is there': {
        given: podWith({ image: 'nginx:1.27.3', imagePullPolicy: 'IfNotPresent' }),
      },
      'a digest, kept when it is there': {
        given: podWith({ image: `nginx@${digest}`, imagePullPolicy: 'IfNotPresent' }),
      },
      'latest with a digest, which decides': {
        given: podWith({ image: `nginx:latest@${digest}`, imagePullPolicy: 'IfNotPresent' }),
      },
      'a name that is no image': { given: pod({ containers: [container({ image: 'Nginx:latest' })] }) },
      'a tag that only begins like latest': {
        given: podWith({ image: 'nginx:latest-alpine', imagePullPolicy: 'IfNotPresent' }),
      },
      'a name that is no image, kept when it is there': {
        given: podWith({ image: 'Nginx', imagePullPolicy: 'IfNotPresent' }),
      },
    },
  },
})

/** What Kubernetes fills in where nothing is said (core/v1 SetDefaults_Container with parsers.ParseImageName). */
function isPulledByDefault(written: string): boolean {
  const reading = parseImageReference(written)
  return reading.ok && effectiveTag(reading.image) === 'latest'
}

/** A digest fixes the content, whatever tag stands before it. */
function isMovingLatest(written: string): boolean {
  const name = written.slice(written.lastIndexOf('/') + 1)
  if (name.includes(':') && !name.includes(':latest')) return false
  const reading = parseImageReference(written)
  return reading.ok && reading.image.digest === undefined && effectiveTag(reading.image) === 'latest'
}
