// Audit alerts: whether OpenShift's own monitoring raises an alert when an API server fails to write audit records.
//
// Sources: openshift/cluster-kube-apiserver-operator manifests (PrometheusRule audit-errors, since 4.9); k8s.io/apiserver
// pkg/audit/metrics.go; openshift/cluster-monitoring-operator assets/prometheus-k8s/prometheus.yaml (it reads the rules of namespaces
// with the label alone; those of others are given to the monitoring of users, which sees no metrics of API servers).

import type { Resource } from '../../model/resource.ts'
import type { Derivation } from '../../model/rule.ts'
import { namespaceOf } from '../asset-key.ts'
import { prometheusRuleKind, readPrometheusRule } from './platform-kinds.ts'

const metric = 'apiserver_audit_error_total'
const monitored = 'openshift.io/cluster-monitoring'

/** `unknown`: there is such an alert, in a namespace of which it is not known whether its rules are read. */
export type AuditAlert = 'raised' | 'unknown' | 'missing'

/** Whether such an alert is raised, by the rules of Prometheus and the namespaces that they lie in. */
export const auditAlert: Derivation<AuditAlert> = {
  kinds: [prometheusRuleKind, 'Namespace'],
  from: resources => {
    const namespaces = new Map(
      resources
        .filter(({ kind }) => kind === 'Namespace')
        .map(({ metadata }) => [metadata.name, metadata.labels?.[monitored] === 'true']),
    )
    const rules = resources.filter(({ kind }) => kind === 'PrometheusRule')
    const isRead = rules
      .filter(rule => alertsOnAuditErrors(rule))
      .map(rule => namespaces.get(namespaceOf(rule)))
    if (isRead.includes(true)) return 'raised'
    return isRead.includes(undefined) ? 'unknown' : 'missing'
  },
}

/** True where an alert asks for the metric, or for one that the same object records of it. */
function alertsOnAuditErrors(resource: Resource): boolean {
  const rules = (readPrometheusRule(resource).spec?.groups ?? []).flatMap(group => group.rules ?? [])
  const asks = (expr: string | number | undefined, name: string) => namesIn(expr).has(name)
  const recorded = rules.flatMap(({ record, expr }) => (record && asks(expr, metric) ? [record] : []))
  return rules.some(({ alert, expr }) => alert && [metric, ...recorded].some(name => asks(expr, name)))
}

/** The words of an expression that could name a metric, those in comments left out. */
function namesIn(expr: string | number | undefined): Set<string> {
  const text = String(expr ?? '').replace(/("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)|#.*/g, '$1')
  return new Set(text.match(/[a-zA-Z_:][\w:]*/g))
}
