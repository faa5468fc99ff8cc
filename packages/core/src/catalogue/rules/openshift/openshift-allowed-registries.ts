// Rule: OpenShift gets images from registries that were chosen.

import { imageKind, readImage } from '../../../kube/openshift/kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'

const image = (spec?: object, name = 'cluster') =>
  object('config.openshift.io/v1', 'Image', { name }, spec === undefined ? {} : { spec })
const pull = { registrySources: { allowedRegistries: ['quay.io'] } }
const imports = { allowedRegistriesForImport: [{ domainName: 'quay.io' }] }

export const rule = defineRule({
  id: 'openshift-allowed-registries',
  title: 'OpenShift gets images from registries that were chosen',
  severity: 'medium',
  defaultEnabled: false,
  subject: imageKind,
  absent: 'not-collected',
  rationale: 'Without a list nodes run, and users import, whatever any registry of the world has.',
  remediation:
    'List the registries in spec.registrySources.allowedRegistries and spec.allowedRegistriesForImport of the Image named cluster, with those that OpenShift itself needs.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/images/image-configuration',
  ],

  concerns: resource => resource.metadata.name === 'cluster',

  *violations(resource) {
    const { allowedRegistriesForImport, registrySources } = readImage(resource).spec ?? {}
    const lists = {
      'spec.registrySources.allowedRegistries': registrySources?.allowedRegistries,
      'spec.allowedRegistriesForImport': allowedRegistriesForImport,
    }
    for (const [path, actual] of Object.entries(lists))
      if (!actual?.length) yield { path, actual, expected: 'the registries that were chosen' }
  },

  examples: {
    fail: {
      'neither list': {
        given: image({}),
        at: ['spec.registrySources.allowedRegistries', 'spec.allowedRegistriesForImport'],
      },
      'no spec': { given: image() },
      'any to pull from': { given: image(imports), at: ['spec.registrySources.allowedRegistries'] },
      'any to import from': { given: image(pull), at: ['spec.allowedRegistriesForImport'] },
      'empty lists': {
        given: image({ registrySources: { allowedRegistries: [] }, allowedRegistriesForImport: [] }),
        at: ['spec.registrySources.allowedRegistries', 'spec.allowedRegistriesForImport'],
      },
      'some that are blocked': {
        given: image({ ...imports, registrySources: { blockedRegistries: ['x'] } }),
      },
    },
    pass: { 'both lists': { given: image({ ...pull, ...imports }) } },
    unconcerned: { 'an Image of another name, which counts for nothing': { given: image({}, 'other') } },
  },
})
