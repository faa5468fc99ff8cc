// Rule: OpenShift raises an alert when audit records are lost.

import { auditAlert } from '../../../kube/openshift/audit-alerts.ts'
import { apiServerKind } from '../../../kube/openshift/kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { namespace, object } from '../../../samples/objects.ts'
import { openShiftApiServer } from '../../../samples/openshift.ts'

const given = openShiftApiServer()
const place = 'openshift-kube-apiserver'
const monitored = namespace({ name: place, labels: { 'openshift.io/cluster-monitoring': 'true' } })
const alerts = (expr: string, within = place) =>
  object(
    'monitoring.coreos.com/v1',
    'PrometheusRule',
    { name: 'audit-errors', namespace: within },
    { spec: { groups: [{ name: 'apiserver-audit', rules: [{ alert: 'AuditLogError', expr }] }] } },
  )
const errors = 'sum by (instance) (rate(apiserver_audit_error_total[5m])) > 0'

export const rule = defineRule({
  id: 'openshift-audit-error-alert',
  title: 'OpenShift raises an alert when audit records are lost',
  severity: 'medium',
  subject: apiServerKind,
  reads: [...auditAlert.kinds] as string[],
  absent: 'not-collected',
  rationale:
    'An API server that cannot write its audit records serves on; unless somebody is told, what is done then leaves no trace.',
  remediation:
    'Leave the PrometheusRule audit-errors of OpenShift in place, or write one with an alert on apiserver_audit_error_total in a namespace that the platform’s monitoring reads.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/security_and_compliance/audit-log-policy-config',
  ],

  // One APIServer stands for the cluster.
  concerns: resource => resource.metadata.name === 'cluster',

  *violations(resource, { lookup }) {
    if (lookup.derive(auditAlert) === 'missing')
      yield {
        path: 'metadata.name',
        actual: resource.metadata.name,
        expected: 'a cluster with an alert on apiserver_audit_error_total',
      }
  },

  unseen: (_, { lookup }) =>
    lookup.derive(auditAlert) === 'unknown'
      ? 'whether the platform’s monitoring reads the namespace of the alert is not known'
      : undefined,

  examples: {
    fail: {
      'no alerts': { given, at: ['metadata.name'] },
      'an alert about something else': { given, with: [monitored, alerts('up == 0')] },
      'an alert in a namespace of users': {
        given,
        with: [monitored, namespace({ name: 'shop' }), alerts(errors, 'shop')],
      },
    },
    pass: {
      'the alert of OpenShift': { given, with: [monitored, alerts(errors)] },
      'beside one of users': {
        given,
        with: [monitored, namespace({ name: 'shop' }), alerts(errors, 'shop'), alerts(errors)],
      },
    },
    notEvaluated: {
      'an alert in a namespace that is not at hand': { given, with: [alerts(errors)] },
    },
    unconcerned: {
      'an APIServer of another name, which counts for nothing': {
        given: { ...given, metadata: { name: 'other' } },
      },
    },
  },
})
