// Rule: the audit log leaves the node that writes it.

import { findAgents, mountsFromNode, toleratesControlPlane } from '../../../kube/agents/known-agents.ts'
import { findProcess, isOperated, runsComponent } from '../../../kube/control-plane/component.ts'
import { type FlagPlace, readFlags } from '../../../kube/control-plane/flags.ts'
import { mountedHostPath } from '../../../kube/control-plane/mounted-path.ts'
import { forwarderKinds, readForwarder } from '../../../kube/openshift/kinds.ts'
import { forwardsAuditLogs } from '../../../kube/openshift/log-forwarding.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'
import type { Resource } from '../../../model/resource.ts'
import { defineRule, type Lookup } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'
import { logForwarder, operatedApiServer } from '../../../samples/openshift.ts'
import { container, pod } from '../../../samples/pods.ts'

const webhook = 'audit-webhook-config-file'
const logPath = 'audit-log-path'

const apiServer = (flags: readonly string[], directory?: string): Resource =>
  pod({
    metadata: { name: 'kube-apiserver-node-1', namespace: 'kube-system' },
    containers: [
      {
        name: 'kube-apiserver',
        command: ['kube-apiserver', ...flags],
        ...(directory !== undefined && { volumeMounts: [{ name: 'audit', mountPath: '/audit' }] }),
      },
    ],
    ...(directory !== undefined && { volumes: [{ name: 'audit', hostPath: { path: directory } }] }),
  })
const toFile = apiServer(['--audit-log-path=/audit/audit.log'], '/var/log/kubernetes')
const everywhere = [{ operator: 'Exists' }]
const collector = (
  path: string,
  tolerations: readonly object[] = everywhere,
  image = 'fluent/fluent-bit:4.0.1',
): Resource =>
  object(
    'apps/v1',
    'DaemonSet',
    { name: 'logs', namespace: 'logging' },
    {
      spec: {
        template: {
          spec: {
            containers: [container({ image })],
            tolerations,
            volumes: [{ name: 'log', hostPath: { path } }],
          },
        },
      },
    },
  )
const siem = { name: 'siem', type: 'splunk' }

export const rule = defineRule({
  id: 'audit-log-shipping',
  title: 'The audit log leaves the node that writes it',
  severity: 'medium',
  // An agent that is not known here may do it, and a scan that cannot tell is no clean one.
  defaultEnabled: false,
  subject: 'PodTemplate',
  reads: ['DaemonSet', ...forwarderKinds],
  absent: 'not-collected',
  rationale:
    'Whoever takes a node of the control plane can change or remove the audit log that lies there; a copy elsewhere stays.',
  remediation:
    'Send events to a backend by --audit-webhook-config-file, or run a log collector on the nodes of the control plane that reads the folder of --audit-log-path.',
  references: ['https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-backends'],

  concerns: pod => runsComponent(pod, 'kube-apiserver'),

  *violations(pod, { lookup }) {
    const found = shippingOf(pod, lookup)
    if (typeof found !== 'string' && found?.expected !== undefined)
      yield { path: found.at.path, actual: found.at.actual, expected: found.expected }
  },

  unseen(pod, { lookup }) {
    const found = shippingOf(pod, lookup)
    return typeof found === 'string' ? found : undefined
  },

  examples: {
    fail: {
      'no log at all': { given: apiServer([]), at: ['spec.containers[0].command[1]'] },
      'a collector that does not see it': {
        given: toFile,
        with: [collector('/var/log/pods')],
        at: ['spec.containers[0].command[1]'],
      },
      'a collector that sees the log of another program': {
        given: toFile,
        with: [collector('/var/log/kubernetes/scheduler')],
      },
      'a collector that sees a file beside it': {
        given: apiServer(['--audit-log-path=/audit/a']),
        with: [collector('/audit/a')],
      },
      'a collector that does not see standard output': {
        given: apiServer(['--audit-log-path=-']),
        with: [collector('/var/lib')],
      },
      'OpenShift, which forwards nothing': { given: operatedApiServer(), at: ['metadata.name'] },
      'OpenShift, which forwards into the cluster': {
        given: operatedApiServer(),
        with: [
          logForwarder({
            outputs: [{ name: 'loki', type: 'lokiStack' }],
            pipelines: [{ inputRefs: ['audit'], outputRefs: ['loki'] }],
          }),
        ],
      },
    },
    pass: {
      'a webhook': { given: apiServer(['--audit-webhook-config-file=/etc/audit.yaml']) },
      'a collector that reads its folder': { given: toFile, with: [collector('/var/log/kubernetes/')] },
      'a collector that reads all of the node’s logs': { given: toFile, with: [collector('/var/log')] },
      'a collector that tolerates the control plane alone': {
        given: toFile,
        with: [
          collector('/var/log', [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }]),
        ],
      },
      'the second collector': {
        given: toFile,
        with: [
          collector('/var/lib', everywhere, 'grafana/promtail:3'),
          collector('/var/log', everywhere, 'grafana/promtail:3'),
        ],
      },
      'standard output': { given: apiServer(['--audit-log-path=-']), with: [collector('/var/log/pods')] },
      'OpenShift, which forwards': {
        given: operatedApiServer(),
        with: [
          logForwarder({
            outputs: [siem],
            pipelines: [{ inputRefs: ['audit'], outputRefs: ['siem'] }],
          }),
        ],
      },
    },
    notEvaluated: {
      'no collector that is known': { given: toFile },
      'a collector of one’s own': { given: toFile, with: [collector('/var/log', everywhere, 'our/logs:1')] },
      'a collector that may not run there': { given: toFile, with: [collector('/var/log', [])] },
      'a collector that tolerates other taints': {
        given: toFile,
        with: [collector('/var/log', [{ key: 'dedicated', operator: 'Exists' }])],
      },
      'a webhook of which only the environment tells': {
        given: apiServer(['--audit-log-path=', '--audit-webhook-config-file=$(AUDIT)']),
      },
      'a log of which only the environment tells': { given: apiServer(['--audit-log-path=$(AUDIT)']) },
      'a shell script starts it': {
        given: pod({
          metadata: { name: 'kube-apiserver-node-1', namespace: 'kube-system' },
          containers: [{ name: 'kube-apiserver', command: ['sh', '-c', 'exec kube-apiserver $FLAGS'] }],
        }),
      },
    },
    unconcerned: { 'another pod': { given: pod() } },
  },
})

interface Verdict {
  readonly at: Pick<FlagPlace, 'path' | 'actual'>
  /** What should be; absent where it is. */
  readonly expected?: string
}

/** Whether the log is sent away; why it cannot be told; undefined where the API server does not run in the pod. */
function shippingOf(pod: PodTemplate, lookup: Lookup): Verdict | string | undefined {
  if (isOperated(pod)) {
    const at = { path: 'metadata.name', actual: pod.resource.metadata.name }
    const isForwarded = forwarderKinds
      .flatMap(kind => lookup.list(kind))
      .some(one => forwardsAuditLogs(readForwarder(one)))
    return isForwarded
      ? { at }
      : { at, expected: 'a ClusterLogForwarder that sends the input audit out of the cluster' }
  }
  const process = findProcess(pod, 'kube-apiserver')
  const flags = process && readFlags(process)
  if (!flags) return undefined
  const reason = flags.unseen([webhook, logPath])
  if (reason !== undefined) return reason
  const at = flags.text(logPath)
  if (flags.text(webhook).value !== '') return { at }
  if (at.value === '') return { at, expected: `a log, and something that takes it away; or --${webhook}` }
  const folder =
    at.value === '-'
      ? '/var/log/pods'
      : mountedHostPath(pod, process.container, at.value).replace(/\/[^/]*$/, '')
  const agents = findAgents(lookup.list('DaemonSet'), 'logs')
  const readers = agents.filter(({ template }) => mountsFromNode(template, folder))
  if (readers.some(({ template }) => toleratesControlPlane(template))) return { at }
  if (readers.length > 0)
    return `${readers.map(({ name }) => name).join(', ')} reads ${folder}, but tolerates no taint of the control plane`
  if (agents.length === 0) return 'no DaemonSet runs a log collector that is known here'
  const names = agents.map(({ name, workload }) => `${name} (DaemonSet ${workload.metadata.name ?? ''})`)
  return { at, expected: `a folder that a collector reads; ${names.join(', ')} does not see ${folder}` }
}
