// Rule: no operator of OpenShift's control plane is configured in ways that are not supported.

import { operatorKinds, readOperator } from '../../../kube/openshift/kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'
import { operator } from '../../../samples/openshift.ts'

export const rule = defineRule({
  id: 'openshift-unsupported-overrides',
  title: 'No operator of OpenShift’s control plane has unsupported overrides',
  severity: 'medium',
  subject: 'KubeAPIServer.operator.openshift.io',
  kinds: operatorKinds,
  absent: 'not-collected',
  rationale:
    'Overrides change any flag past what OpenShift checks: they can switch admission, audit or encryption off, and block updates.',
  remediation:
    'Remove spec.unsupportedConfigOverrides, and set what is needed in the supported configuration.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/operator_apis/kubeapiserver-operator-openshift-io-v1',
  ],

  *violations(resource) {
    const actual = readOperator(resource).spec?.unsupportedConfigOverrides
    if (actual !== undefined && Object.keys(actual).length > 0)
      yield { path: 'spec.unsupportedConfigOverrides', actual, expected: 'unset' }
  },

  examples: {
    fail: {
      'a flag of the API server': {
        given: operator('KubeAPIServer', {
          unsupportedConfigOverrides: { apiServerArguments: { profiling: ['true'] } },
        }),
        at: ['spec.unsupportedConfigOverrides'],
      },
      'etcd without quorum': {
        given: operator('Etcd', {
          unsupportedConfigOverrides: { useUnsupportedUnsafeNonHANonProductionUnstableEtcd: true },
        }),
      },
      'OpenShift’s own API server': {
        given: operator('OpenShiftAPIServer', { unsupportedConfigOverrides: { a: null } }),
      },
    },
    pass: {
      'not given': { given: operator('KubeAPIServer', { managementState: 'Managed' }) },
      'no settings at all': { given: operator('KubeScheduler') },
      'no spec': { given: object('operator.openshift.io/v1', 'Etcd', { name: 'cluster' }) },
      null: { given: operator('KubeControllerManager', { unsupportedConfigOverrides: null }) },
      empty: { given: operator('Authentication', { unsupportedConfigOverrides: {} }) },
      'what the operator saw': { given: operator('Etcd', { observedConfig: { a: 1 } }) },
    },
  },
})
