import { expect, it } from 'vitest'
import type { Resource } from '../../model/resource.ts'
import { namespace, object } from '../../samples/objects.ts'
import { auditAlert } from './audit-alerts.ts'

const monitored = namespace({ name: 'openshift-x', labels: { 'openshift.io/cluster-monitoring': 'true' } })
const alert = (expr: unknown, place = 'openshift-x') => rules(place, { alert: 'AuditLogError', expr })
const rules = (place: string, ...own: object[]) =>
  object(
    'monitoring.coreos.com/v1',
    'PrometheusRule',
    { name: 'audit', namespace: place },
    { spec: { groups: [{ rules: own }] } },
  )
const rate = 'sum(rate(apiserver_audit_error_total[5m])) > 0'

it.each<[string, Resource[], string]>([
  ['nothing', [monitored], 'missing'],
  ['an alert', [monitored, alert(rate)], 'raised'],
  [
    'an alert by the label of the name',
    [monitored, alert('{__name__="apiserver_audit_error_total"} > 0')],
    'raised',
  ],
  [
    'an alert that names it in a comment',
    [monitored, alert('up == 0 # not apiserver_audit_error_total')],
    'missing',
  ],
  ['an alert after a comment', [monitored, alert(`# errors\n${rate}`)], 'raised'],
  ['an alert with a hash in a text', [monitored, alert(`x{a="#", b='#', c=\`#\`} or ${rate}`)], 'raised'],
  ['an alert about another metric', [monitored, alert('apiserver_audit_error_total_x > 0')], 'missing'],
  ['a number', [monitored, alert(1)], 'missing'],
  ['no expression', [monitored, rules('openshift-x', { alert: 'x' })], 'missing'],
  ['a record alone', [monitored, rules('openshift-x', { record: 'a:b', expr: rate })], 'missing'],
  [
    'a record and an alert about it',
    [monitored, rules('openshift-x', { record: 'a:b', expr: rate }, { alert: 'x', expr: 'a:b > 0' })],
    'raised',
  ],
  [
    'an alert of a namespace that is not read',
    [monitored, namespace({ name: 'shop' }), alert(rate, 'shop')],
    'missing',
  ],
  ['an alert of an unknown namespace', [monitored, alert(rate, 'shop')], 'unknown'],
  ['one of each', [monitored, alert(rate, 'shop'), alert(rate)], 'raised'],
  [
    'rules without groups',
    [object('monitoring.coreos.com/v1', 'PrometheusRule', { name: 'x', namespace: 'a' })],
    'missing',
  ],
])('%s', (_, resources, expected) => {
  expect(auditAlert.from(resources)).toBe(expected)
})
