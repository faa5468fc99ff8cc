// Rule: every image is pinned by its digest.

import { parseImageReference } from '../../../kube/image-reference.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, deployment, pod, podWith } from '../../../samples/pods.ts'
import { expectImage, findImages } from './used-images.ts'

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`
const pinned = { image: `registry.example.com/app:1.4.2@${digest}` }

export const rule = defineRule({
  id: 'image-digest',
  title: 'Every image is pinned by its digest',
  severity: 'low',
  defaultEnabled: false,
  subject: 'PodTemplate',
  rationale:
    'A tag can be moved to other content by whoever may push to the registry; a digest is the content. Off by default: it needs tools that renew the digests.',
  remediation:
    'Write the digest behind the name: registry.example.com/app:1.4.2@sha256:… ; crane digest or docker buildx imagetools inspect tells it.',
  references: ['https://kubernetes.io/docs/concepts/containers/images/#image-names'],

  *violations(pod) {
    for (const { written, path, discriminator } of findImages(pod, hasNoDigest))
      yield { path, actual: written, expected: expectImage(written, 'a digest'), discriminator }
  },

  examples: {
    fail: {
      'only a tag': { given: podWith({ image: 'nginx:1.27.3' }), at: ['spec.containers[0].image'] },
      'the second of two': { given: podWith(pinned, {}), at: ['spec.containers[1].image'] },
      'an ephemeral container beside a pinned one': {
        given: pod({
          containers: [container(pinned)],
          ephemeralContainers: [container({ name: 'debug', image: 'busybox:1.36' })],
        }),
        at: ['spec.ephemeralContainers[0].image'],
      },
      'a digest that is too short': { given: podWith({ image: 'nginx@sha256:abc' }) },
      'a digest in capital letters': { given: podWith({ image: `nginx@sha256:${'A'.repeat(64)}` }) },
      'an image volume': {
        given: pod({
          containers: [container(pinned)],
          volumes: [{ name: 'model', image: { reference: 'registry.example.com/model:1' } }],
        }),
      },
      'both of two': {
        given: podWith({ image: 'nginx:1.27.3' }, { image: 'redis:7.2' }),
        at: ['spec.containers[0].image', 'spec.containers[1].image'],
      },
    },
    pass: {
      'a digest': { given: podWith({ image: `nginx@${digest}` }) },
      'a tag and a digest, in a Deployment': { given: deployment({ containers: [container(pinned)] }) },
      'a digest of the other kind': { given: podWith({ image: `nginx@sha512:${'a'.repeat(128)}` }) },
    },
  },
})

function hasNoDigest(written: string): boolean {
  const reading = parseImageReference(written)
  return !reading.ok || reading.image.digest === undefined
}
