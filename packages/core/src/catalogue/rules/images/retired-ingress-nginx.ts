// Rule: the retired Ingress NGINX controller is not there.

import { defineRule } from '../../../model/rule.ts'
import { container, deployment, podWith } from '../../../samples/pods.ts'
import { isIngressNginxImage } from './known-images.ts'
import { findImages } from './used-images.ts'

export const rule = defineRule({
  id: 'retired-ingress-nginx',
  title: 'The retired Ingress NGINX controller does not run',
  severity: 'medium',
  subject: 'PodTemplate',
  rationale:
    'The Kubernetes project retired Ingress NGINX in March 2026: no release and no security fix comes any more, for a program that faces the internet and reads all Secrets with certificates.',
  remediation:
    'Move to Gateway API or to an ingress controller that is maintained. Until then keep its admission webhook off the pod network and snippets turned off.',
  references: ['https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/'],

  *violations(pod) {
    for (const { written, path, discriminator } of findImages(pod, isIngressNginxImage))
      yield { path, actual: written, expected: 'a controller that is maintained', discriminator }
  },

  examples: {
    fail: {
      'a late release': {
        given: podWith({ image: 'registry.k8s.io/ingress-nginx/controller:v1.15.0' }),
        at: ['spec.containers[0].image'],
      },
      'the variant in a chroot, in a Deployment': {
        given: deployment({
          containers: [container({ image: 'registry.k8s.io/ingress-nginx/controller-chroot:v1.12.1' })],
        }),
      },
      'an old one': {
        given: podWith({ image: 'quay.io/kubernetes-ingress-controller/nginx-ingress-controller:0.26.1' }),
      },
      'a copy in a registry of the house': {
        given: podWith({ image: 'registry.example.com/k8s/ingress-nginx/controller:v1.12.1' }),
      },
      'an old one for another machine, beside a new one': {
        given: podWith(
          { image: 'quay.io/kubernetes-ingress-controller/nginx-ingress-controller-arm64:0.26.1' },
          { image: 'ingress-nginx/controller:v1.12.1' },
        ),
        at: ['spec.containers[0].image', 'spec.containers[1].image'],
      },
    },
    pass: {
      'the web server': { given: podWith({ image: 'nginx:1.27.3' }) },
      'the controller of F5': { given: podWith({ image: 'nginx/nginx-ingress:5.0.0' }) },
      "the project's job for certificates": {
        given: podWith({ image: 'registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.5.1' }),
      },
      'a container of that name': { given: podWith({ name: 'ingress-nginx-controller' }) },
      'names that only begin or end like it': {
        given: podWith(
          { image: 'registry.example.com/ingress-nginx/controller-ui:1' },
          { image: 'registry.example.com/my-ingress-nginx/controller:1' },
        ),
      },
    },
  },
})
