// Rule: an Ingress serves its hosts over TLS.

import { type Ingress, readIngress } from '../../../kube/kinds/ingress.ts'
import { defineRule } from '../../../model/rule.ts'
import { ingress } from '../../../samples/network.ts'
import { object } from '../../../samples/objects.ts'

const tls = (...hosts: string[]) => ({ tls: [{ hosts, secretName: 'web-tls' }] })
const rules = (...hosts: string[]) => ({ rules: hosts.map(host => ({ host })) })

export const rule = defineRule({
  id: 'ingress-tls',
  title: 'An Ingress serves its hosts over TLS',
  severity: 'medium',
  subject: 'Ingress',
  parameters: {
    everyHost: {
      type: 'boolean',
      default: true,
      description:
        'Whether each host must be among those of spec.tls, or it is enough that spec.tls is there.',
    },
  },
  rationale:
    'What is sent without TLS, passwords and sessions too, can be read and changed by everybody on the way.',
  remediation: 'Add spec.tls with the host and the Secret that holds its certificate.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#tls'],

  *violations(resource, { parameters: { everyHost } }) {
    const { spec } = readIngress(resource)
    const entries = spec?.tls ?? []
    if (entries.length === 0) {
      yield { path: 'spec.tls', actual: spec?.tls, expected: 'an entry for each host' }
      return
    }
    if (!everyHost) return
    for (const [index, { host }] of (spec?.rules ?? []).entries())
      if (host && !entries.some(entry => covers(entry, host)))
        yield { path: `spec.rules[${index}].host`, actual: host, expected: 'a host of spec.tls' }
  },

  examples: {
    fail: {
      'nothing said': { given: ingress(), at: ['spec.tls'] },
      'an empty list': { given: ingress({ tls: [] }) },
      'in an old version': { given: ingress({}, {}, 'extensions/v1beta1') },
      'one of two hosts': {
        given: ingress({ ...rules('a.example.com', 'b.example.com'), ...tls('a.example.com') }),
        at: ['spec.rules[1].host'],
      },
      'a wildcard of another level': {
        given: ingress({ ...rules('a.b.example.com', 'example.com'), ...tls('*.example.com') }),
        at: ['spec.rules[0].host', 'spec.rules[1].host'],
      },
      'no spec at all': { given: object('networking.k8s.io/v1', 'Ingress'), at: ['spec.tls'] },
    },
    pass: {
      'its host': { given: ingress(tls('shop.example.com')) },
      'its host in another case': { given: ingress(tls('Shop.Example.com')) },
      'a wildcard': { given: ingress({ ...rules('a.example.com'), ...tls('*.example.com') }) },
      'the same wildcard': { given: ingress({ ...rules('*.example.com'), ...tls('*.example.com') }) },
      'an entry without hosts, which is for all': { given: ingress({ tls: [{ secretName: 'web-tls' }] }) },
      'one of two hosts, where that is enough': {
        given: ingress({ ...rules('a.example.com', 'b.example.com'), ...tls('a.example.com') }),
        parameters: { everyHost: false },
      },
      'no hosts to serve': { given: ingress({ rules: [], ...tls('shop.example.com') }) },
      'two hosts in an entry each': {
        given: ingress({
          ...rules('a.example.com', 'b.example.com'),
          tls: [{ hosts: ['a.example.com'] }, { hosts: ['b.example.com'] }],
        }),
      },
      'one of the hosts of an entry': {
        given: ingress({ ...rules('a.example.com'), ...tls('a.example.com', 'b.example.com') }),
      },
      'its host, itself in another case': {
        given: ingress({ ...rules('Shop.Example.com'), ...tls('shop.example.com') }),
      },
      'a rule without a host, which another rule judges': {
        given: ingress({ rules: [{ http: {} }], ...tls('shop.example.com') }),
      },
      'nothing but a default backend': {
        given: ingress({ rules: undefined, defaultBackend: {}, ...tls('shop.example.com') }),
      },
    },
  },
})

type TlsEntry = NonNullable<NonNullable<Ingress['spec']>['tls']>[number]

/** As the API defines it: no hosts mean all that the controller serves; `*.` stands for exactly one label. */
function covers({ hosts = [] }: TlsEntry, host: string): boolean {
  if (hosts.length === 0) return true
  const wanted = host.toLowerCase()
  const parent = wanted.slice(wanted.indexOf('.'))
  return hosts.some(offered => {
    const own = offered.toLowerCase()
    return own === wanted || (own.startsWith('*.') && own.slice(1) === parent)
  })
}
