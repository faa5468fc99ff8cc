// Rule: scans of the Compliance Operator are repeated.

import { readScanSetting, scanSettingKind } from '../../../kube/openshift/platform-kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'

const given = (fields: Readonly<Record<string, unknown>>) =>
  object(
    'compliance.openshift.io/v1alpha1',
    'ScanSetting',
    { name: 'default', namespace: 'openshift-compliance' },
    fields,
  )

export const rule = defineRule({
  id: 'openshift-scan-schedule',
  title: 'Scans of the Compliance Operator are repeated',
  severity: 'low',
  defaultEnabled: false,
  subject: scanSettingKind,
  absent: 'not-collected',
  rationale: 'A single scan tells of one day; what changes after it goes unseen.',
  remediation: 'Give the ScanSetting a schedule, such as 0 1 * * *.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/security_and_compliance/compliance-operator',
  ],

  *violations(resource) {
    const { schedule } = readScanSetting(resource)
    if (!schedule) yield { path: 'schedule', actual: schedule, expected: 'when to scan, as cron has it' }
  },

  examples: {
    fail: {
      'no schedule': { given: given({ roles: ['worker'] }), at: ['schedule'] },
      'an empty one': { given: given({ schedule: '' }) },
    },
    pass: { 'each night': { given: given({ schedule: '0 1 * * *' }) } },
  },
})
