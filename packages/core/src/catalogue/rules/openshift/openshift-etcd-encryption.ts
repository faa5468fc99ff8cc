// Rule: OpenShift encrypts what it keeps in etcd.

import { apiServerKind, readApiServer } from '../../../kube/openshift/kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'
import { openShiftApiServer } from '../../../samples/openshift.ts'

/** Source: openshift/api config/v1, EncryptionType; `identity` and unset encrypt nothing. */
const strong = ['aescbc', 'aesgcm', 'KMS']

export const rule = defineRule({
  id: 'openshift-etcd-encryption',
  title: 'OpenShift encrypts what it keeps in etcd',
  severity: 'medium',
  subject: apiServerKind,
  absent: 'not-collected',
  parameters: {
    types: { type: 'string[]', default: strong, description: 'The types of encryption that count.' },
  },
  rationale:
    'Secrets and tokens stand in etcd and its backups as they are, readable by whoever gets the disk or the backup.',
  remediation: 'Set spec.encryption.type of the APIServer named cluster to aescbc or aesgcm.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/security_and_compliance/encrypting-etcd',
  ],

  concerns: resource => resource.metadata.name === 'cluster',

  *violations(resource, { parameters: { types } }) {
    const actual = readApiServer(resource).spec?.encryption?.type
    if (!types.includes(actual ?? ''))
      yield { path: 'spec.encryption.type', actual, expected: `one of ${types.join(', ')}` }
  },

  examples: {
    fail: {
      'not given': { given: openShiftApiServer(), at: ['spec.encryption.type'] },
      'no settings at all': { given: object('config.openshift.io/v1', 'APIServer', { name: 'cluster' }) },
      'no encryption': { given: openShiftApiServer({ encryption: { type: 'identity' } }) },
      empty: { given: openShiftApiServer({ encryption: { type: '' } }) },
      'one that does not count': {
        given: openShiftApiServer({ encryption: { type: 'aescbc' } }),
        parameters: { types: ['KMS'] },
      },
    },
    pass: {
      aescbc: { given: openShiftApiServer({ encryption: { type: 'aescbc' } }) },
      aesgcm: { given: openShiftApiServer({ encryption: { type: 'aesgcm' } }) },
      'a key management service': { given: openShiftApiServer({ encryption: { type: 'KMS' } }) },
    },
    unconcerned: {
      'an APIServer of another name, which counts for nothing': {
        given: { ...openShiftApiServer(), metadata: { name: 'other' } },
      },
    },
  },
})
