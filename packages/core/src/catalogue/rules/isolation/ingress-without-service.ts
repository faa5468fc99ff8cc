// Rule: the Services that an Ingress names are there.

import { defineRule } from '../../../model/rule.ts'
import { ingress, service } from '../../../samples/network.ts'
import { object } from '../../../samples/objects.ts'
import { missingBackends } from './missing-backend.ts'

const to = (name: string, port: object = { number: 80 }) => ({
  rules: [{ http: { paths: [{ path: '/', backend: { service: { name, port } } }] } }],
})
const place = 'spec.rules[0].http.paths[0].backend.service.name'

export const rule = defineRule({
  id: 'ingress-without-service',
  title: 'The Services that an Ingress names are there',
  severity: 'low',
  subject: 'Ingress',
  reads: ['Service'],
  rationale:
    'Nothing answers at such a path; and whoever may create a Service of that name later answers at an address that people trust.',
  remediation: 'Create the Service with the port, correct the name, or delete the path.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/'],

  violations: (resource, { lookup }) => missingBackends(resource, lookup),

  examples: {
    fail: {
      'a Service that is gone': { given: ingress(to('gone')), with: [service()] },
      'no Service': { given: ingress(to('web')), at: [place] },
      'a Service of another namespace': {
        given: ingress(to('web')),
        with: [service({}, { namespace: 'other' })],
      },
      'another port': { given: ingress(to('web', { number: 8080 })), with: [service()], at: [place] },
      'a port of another name': { given: ingress(to('web', { name: 'http' })), with: [service()] },
      'the default backend': {
        given: ingress({ defaultBackend: { service: { name: 'all', port: { number: 80 } } } }),
        with: [service()],
        at: ['spec.defaultBackend.service.name'],
      },
      'an old version': {
        given: ingress(
          { rules: [{ http: { paths: [{ backend: { serviceName: 'web', servicePort: 81 } }] } }] },
          {},
          'extensions/v1beta1',
        ),
        with: [service()],
        at: ['spec.rules[0].http.paths[0].backend.serviceName'],
      },
      'a foreign kind of that name': {
        given: ingress(to('api')),
        with: [{ ...service({}, { name: 'api' }), apiVersion: 'serving.knative.dev/v1' }, service()],
      },
      'both of two paths': {
        given: ingress({ rules: [...to('gone').rules, ...to('gone-too').rules] }),
        with: [service()],
        at: [place, 'spec.rules[1].http.paths[0].backend.service.name'],
      },
      'a Service without ports, and one without a spec': {
        given: ingress({ rules: [...to('web').rules, ...to('bare').rules] }),
        with: [service({ ports: undefined }), object('v1', 'Service', { name: 'bare', namespace: 'shop' })],
        at: [place, 'spec.rules[1].http.paths[0].backend.service.name'],
      },
      'another port of a name outside the cluster': {
        given: ingress(to('web', { number: 8080 })),
        with: [service({ type: 'ExternalName', externalName: 'web.example.com' })],
      },
    },
    pass: {
      'it is there': { given: ingress(to('web')), with: [service()] },
      'by the name of its port': {
        given: ingress(to('web', { name: 'http' })),
        with: [service({ ports: [{ name: 'http', port: 80 }] })],
      },
      'a name outside the cluster': {
        given: ingress(to('web', { number: 443 })),
        with: [service({ type: 'ExternalName', ports: [] })],
      },
      'no backends': { given: ingress() },
      'a backend that is no Service': {
        given: ingress({ defaultBackend: { resource: { kind: 'Bucket', name: 'x' } } }),
      },
      'the second of its ports': {
        given: ingress(to('web', { number: 443 })),
        with: [service({ ports: [{ port: 80 }, { port: 443 }] })],
      },
    },
  },
})
