// Rule: OpenShift gets images over TLS alone.

import { imageKind, readImage } from '../../../kube/openshift/kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'

const image = (spec: object, name = 'cluster') =>
  object('config.openshift.io/v1', 'Image', { name }, { spec })

export const rule = defineRule({
  id: 'openshift-insecure-registries',
  title: 'OpenShift gets images over TLS alone',
  severity: 'medium',
  subject: imageKind,
  absent: 'not-collected',
  rationale:
    'Whoever gets between a node and a registry without TLS gives it other images than were asked for.',
  remediation:
    'Empty spec.registrySources.insecureRegistries of the Image named cluster, mark no registry of allowedRegistriesForImport insecure, and trust the registry’s authority instead.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/images/image-configuration',
  ],

  concerns: resource => resource.metadata.name === 'cluster',

  *violations(resource) {
    const { allowedRegistriesForImport = [], registrySources } = readImage(resource).spec ?? {}
    for (const [i, registry] of (registrySources?.insecureRegistries ?? []).entries())
      yield {
        path: `spec.registrySources.insecureRegistries[${i}]`,
        actual: registry,
        expected: 'no registry without TLS',
      }
    for (const [i, { insecure }] of allowedRegistriesForImport.entries())
      if (insecure === true)
        yield {
          path: `spec.allowedRegistriesForImport[${i}].insecure`,
          actual: insecure,
          expected: 'unset or false',
        }
  },

  examples: {
    fail: {
      'registries without TLS': {
        given: image({ registrySources: { insecureRegistries: ['a.example.com', 'b.example.com'] } }),
        at: ['spec.registrySources.insecureRegistries[0]', 'spec.registrySources.insecureRegistries[1]'],
      },
      'one for imports': {
        given: image({
          allowedRegistriesForImport: [
            { domainName: 'a.example.com' },
            { domainName: 'b.example.com', insecure: true },
          ],
        }),
        at: ['spec.allowedRegistriesForImport[1].insecure'],
      },
    },
    pass: {
      'nothing said': { given: image({}) },
      'no spec': { given: object('config.openshift.io/v1', 'Image', { name: 'cluster' }) },
      'registries with TLS': {
        given: image({
          allowedRegistriesForImport: [{ domainName: 'a.example.com', insecure: false }],
          registrySources: { allowedRegistries: ['a.example.com'], insecureRegistries: [] },
        }),
      },
    },
    unconcerned: {
      'an Image of another name, which counts for nothing': {
        given: image({ registrySources: { insecureRegistries: ['a'] } }, 'other'),
      },
    },
  },
})
