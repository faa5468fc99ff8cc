// Rule: no Ingress brings nginx configuration of its own.

import { removeAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { ingress } from '../../../samples/network.ts'
import { nginxAnnotations } from './nginx-annotations.ts'

const annotated = (name: string, value = 'return 200;') => ingress({}, { annotations: { [name]: value } })

export const rule = defineRule({
  id: 'ingress-nginx-snippets',
  title: 'No Ingress brings nginx configuration of its own',
  severity: 'high',
  subject: 'Ingress',
  rationale:
    'A snippet is written into the configuration of the ingress controller, which may read every Secret of the cluster: who may create an Ingress can make it hand them out (CVE-2021-25742).',
  remediation:
    'Remove the snippet and use the annotations made for the purpose; keep allow-snippet-annotations off in the controller’s ConfigMap.',
  references: [
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations-risk/',
    'https://github.com/kubernetes/ingress-nginx/issues/7837',
    'https://docs.nginx.com/nginx-ingress-controller/configuration/ingress-resources/advanced-configuration-with-snippets/',
  ],

  *violations(resource) {
    for (const { isSnippet, path, value } of nginxAnnotations(resource))
      if (isSnippet && value.trim() !== '') yield { path, actual: value, expected: 'unset' }
  },

  fix: ({ path }, resource) => removeAt(resource, path),

  examples: {
    fail: {
      'a server snippet': {
        given: annotated('nginx.ingress.kubernetes.io/server-snippet'),
        at: ['metadata.annotations["nginx.ingress.kubernetes.io/server-snippet"]'],
      },
      'an authentication snippet': { given: annotated('nginx.ingress.kubernetes.io/auth-snippet') },
      'a firewall snippet': { given: annotated('nginx.ingress.kubernetes.io/modsecurity-snippet') },
      'of the other controller': { given: annotated('nginx.org/location-snippets') },
      'of the other controller, beside something else': {
        given: ingress(
          {},
          {
            annotations: {
              'example.com/owner': 'web',
              'nginx.com/note': 'a',
              'nginx.com/server-snippets': 'b',
            },
          },
        ),
        at: ['metadata.annotations["nginx.com/server-snippets"]'],
      },
    },
    pass: {
      'no annotations': { given: ingress() },
      'an empty one': { given: annotated('nginx.ingress.kubernetes.io/configuration-snippet', '') },
      'another annotation': { given: annotated('nginx.ingress.kubernetes.io/rewrite-target', '/') },
      'an annotation of somebody else': { given: annotated('example.com/server-snippet') },
      'one of blanks': { given: annotated('nginx.ingress.kubernetes.io/configuration-snippet', ' \n') },
      'a name that goes on': { given: annotated('nginx.ingress.kubernetes.io/server-snippet-owner') },
    },
  },
})
