// Rule: no Ingress takes all requests that nobody else wants.

import { defaultBackendPath, readIngress } from '../../../kube/kinds/ingress.ts'
import { valueAt } from '../../../kube/path.ts'
import { defineRule } from '../../../model/rule.ts'
import { ingress } from '../../../samples/network.ts'

const backend = { service: { name: 'web', port: { number: 80 } } }
const oldBackend = { serviceName: 'web', servicePort: 80 }

export const rule = defineRule({
  id: 'ingress-default-backend',
  title: 'No Ingress takes all requests that nobody else wants',
  severity: 'low',
  defaultEnabled: false,
  subject: 'Ingress',
  rationale:
    'The default backend gets every request that no rule matches: by a wrong name it is shown to the world, and it hides what is misrouted.',
  remediation: 'Remove the default backend and name hosts and paths in rules.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#default-backend'],

  *violations(resource) {
    const path = defaultBackendPath(readIngress(resource))
    if (path !== undefined)
      yield { path, actual: valueAt(resource, path), expected: 'rules with hosts and paths' }
  },

  examples: {
    fail: {
      'a default backend': { given: ingress({ defaultBackend: backend }), at: ['spec.defaultBackend'] },
      'without rules': { given: ingress({ rules: [], defaultBackend: backend }) },
      'in an old version': {
        given: ingress({ backend: oldBackend }, {}, 'extensions/v1beta1'),
        at: ['spec.backend'],
      },
    },
    pass: {
      'rules alone': { given: ingress() },
      'the old field, which v1 does not know': { given: ingress({ backend: oldBackend }) },
      'a backend of a path': {
        given: ingress({
          rules: [
            { host: 'shop.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } },
          ],
        }),
      },
    },
  },
})
