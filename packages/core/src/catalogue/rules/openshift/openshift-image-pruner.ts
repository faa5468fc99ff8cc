// Rule: OpenShift removes images that nobody uses any more.

import { prunerKind, readPruner } from '../../../kube/openshift/platform-kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'

const pruner = (spec?: object) =>
  object(
    'imageregistry.operator.openshift.io/v1',
    'ImagePruner',
    { name: 'cluster' },
    spec === undefined ? {} : { spec },
  )

export const rule = defineRule({
  id: 'openshift-image-pruner',
  title: 'OpenShift removes images that nobody uses any more',
  severity: 'low',
  defaultEnabled: false,
  subject: prunerKind,
  absent: 'not-collected',
  rationale: 'Old images hold holes that are mended since, and somebody starts them again by mistake.',
  remediation: 'Set spec.suspend of the ImagePruner named cluster to false.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/building_applications/pruning-objects',
  ],

  // One ImagePruner counts.
  concerns: resource => resource.metadata.name === 'cluster',

  *violations(resource) {
    const suspend = readPruner(resource).spec?.suspend
    if (suspend) yield { path: 'spec.suspend', actual: suspend, expected: 'unset or false' }
  },

  examples: {
    fail: { suspended: { given: pruner({ suspend: true }), at: ['spec.suspend'] } },
    pass: {
      'not suspended': { given: pruner({ suspend: false, schedule: '0 0 * * *' }) },
      'nothing said': { given: pruner({}) },
      'no spec at all': { given: pruner() },
    },
    unconcerned: {
      'an ImagePruner of another name, which counts for nothing': {
        given: { ...pruner({ suspend: true }), metadata: { name: 'other' } },
      },
    },
  },
})
