// Rule: the Compliance Operator scans OpenShift.

import { apiServerKind } from '../../../kube/openshift/kinds.ts'
import { scanSettingBindingKind } from '../../../kube/openshift/platform-kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'
import { openShiftApiServer } from '../../../samples/openshift.ts'

const given = openShiftApiServer()

export const rule = defineRule({
  id: 'openshift-compliance-scans',
  title: 'The Compliance Operator scans OpenShift',
  severity: 'low',
  // Other scanners do as well, for those who may choose.
  defaultEnabled: false,
  subject: apiServerKind,
  reads: [scanSettingBindingKind],
  absent: 'not-collected',
  rationale: 'What was secure when it was set up is changed by somebody in time.',
  remediation: 'Install the Compliance Operator and bind a profile to a schedule by a ScanSettingBinding.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/security_and_compliance/compliance-operator',
  ],

  // One APIServer stands for the cluster.
  concerns: resource => resource.metadata.name === 'cluster',

  *violations(resource, { lookup }) {
    if (lookup.list(scanSettingBindingKind).length === 0)
      yield {
        path: 'metadata.name',
        actual: resource.metadata.name,
        expected: 'a cluster with a ScanSettingBinding',
      }
  },

  examples: {
    fail: { 'no scans': { given, at: ['metadata.name'] } },
    pass: {
      'a binding': {
        given,
        with: [
          object('compliance.openshift.io/v1alpha1', 'ScanSettingBinding', {
            name: 'cis',
            namespace: 'openshift-compliance',
          }),
        ],
      },
    },
    unconcerned: {
      'an APIServer of another name, which counts for nothing': {
        given: { ...given, metadata: { name: 'other' } },
      },
    },
  },
})
