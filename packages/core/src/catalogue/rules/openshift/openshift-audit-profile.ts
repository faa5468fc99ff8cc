// Rule: OpenShift's API servers record what is done.

import { apiServerKind, readApiServer } from '../../../kube/openshift/kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'
import { openShiftApiServer } from '../../../samples/openshift.ts'

export const rule = defineRule({
  id: 'openshift-audit-profile',
  title: 'OpenShift’s API servers record what is done',
  severity: 'medium',
  subject: apiServerKind,
  absent: 'not-collected',
  rationale:
    'With the profile None nobody can tell afterwards who did what, be it for all or for one group of users.',
  remediation:
    'Set spec.audit.profile of the APIServer named cluster to Default or more, and let no custom rule say None.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/security_and_compliance/audit-log-policy-config',
  ],

  concerns: resource => resource.metadata.name === 'cluster',

  *violations(resource) {
    const { profile, customRules = [] } = readApiServer(resource).spec?.audit ?? {}
    const expected = 'Default, WriteRequestBodies or AllRequestBodies'
    if (profile === 'None') yield { path: 'spec.audit.profile', actual: profile, expected }
    for (const [i, own] of customRules.entries())
      if (own.profile === 'None')
        yield { path: `spec.audit.customRules[${i}].profile`, actual: own.profile, expected }
  },

  examples: {
    fail: {
      nothing: { given: openShiftApiServer({ audit: { profile: 'None' } }), at: ['spec.audit.profile'] },
      'nothing of one group': {
        given: openShiftApiServer({
          audit: {
            profile: 'Default',
            customRules: [
              { group: 'system:authenticated:oauth', profile: 'WriteRequestBodies' },
              { group: 'ops', profile: 'None' },
            ],
          },
        }),
        at: ['spec.audit.customRules[1].profile'],
      },
    },
    pass: {
      'not given, which means Default': { given: openShiftApiServer() },
      'no settings at all': { given: object('config.openshift.io/v1', 'APIServer', { name: 'cluster' }) },
      'an empty profile, which means Default': { given: openShiftApiServer({ audit: { profile: '' } }) },
      'all bodies': {
        given: openShiftApiServer({ audit: { profile: 'AllRequestBodies', customRules: [] } }),
      },
    },
    unconcerned: {
      'an APIServer of another name, which counts for nothing': {
        given: { ...openShiftApiServer(), metadata: { name: 'other' } },
      },
    },
  },
})
