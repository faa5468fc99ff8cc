// Known agents: programs that run on nodes to collect logs or to watch containers, told by their images.
//
// Sources: each project's own manifests or chart, and the vendors' installation guides: docs.fluentbit.io, docs.fluentd.org, vector.dev,
// grafana.com (Promtail, Alloy), elastic.co (Filebeat, Elastic Agent), opentelemetry.io (filelog receiver), docs.datadoghq.com, Splunk,
// GKE and AKS ("ama-logs"), falco.org, tetragon.io, aquasecurity.github.io/tracee, kubearmor.io, NeuVector, StackRox, Kubescape, Sysdig,
// Aqua, Prisma Cloud, CrowdStrike Falcon, Amazon GuardDuty and Microsoft Defender for Containers.

import type { PodTemplate } from '../../model/pod-template.ts'
import type { Resource } from '../../model/resource.ts'
import { parseImageReference } from '../image-reference.ts'
import { makesPods, readPodTemplate } from '../pod-template.ts'

export type AgentTask = 'logs' | 'detection'

/** The last parts of the repositories of the agents' images, by what they are called. */
const images: Readonly<Record<AgentTask, Readonly<Record<string, readonly string[]>>>> = {
  logs: {
    'Azure Monitor': ['azuremonitor/containerinsights/ciprod'],
    'the Datadog Agent': ['datadog/agent', 'datadoghq/agent'],
    'Elastic Agent': ['elastic-agent/elastic-agent', 'beats/elastic-agent'],
    Filebeat: ['beats/filebeat', 'elastic/filebeat'],
    'Fluent Bit': ['fluent/fluent-bit', 'aws-for-fluent-bit', 'fluent-bit-gke-exporter', 'fluent-bit'],
    Fluentd: ['fluent/fluentd', 'fluent/fluentd-kubernetes-daemonset', 'fluentd'],
    'Grafana Alloy': ['grafana/alloy'],
    Logging: ['kube-logging/fluentd', 'openshift-logging/vector-rhel9', 'openshift-logging/fluentd-rhel9'],
    'OpenTelemetry Collector': [
      'opentelemetry-collector-contrib',
      'opentelemetry-collector-k8s',
      'signalfx/splunk-otel-collector',
    ],
    Promtail: ['grafana/promtail'],
    Vector: ['timberio/vector', 'vector'],
  },
  detection: {
    'Amazon GuardDuty': ['aws-guardduty-agent'],
    'Aqua Enforcer': ['aquasec/enforcer', 'kube-enforcer'],
    'CrowdStrike Falcon': ['falcon-sensor'],
    Falco: ['falcosecurity/falco', 'falcosecurity/falco-no-driver'],
    KubeArmor: ['kubearmor/kubearmor'],
    'Kubescape node agent': ['kubescape/node-agent'],
    'Microsoft Defender': [
      'azuredefender/stable/security-publisher',
      'azuredefender/stable/low-level-collector',
    ],
    NeuVector: ['neuvector/enforcer'],
    'Prisma Cloud Defender': ['twistlock/defender'],
    StackRox: ['stackrox-io/collector', 'advanced-cluster-security/rhacs-collector-rhel8'],
    'Sysdig agent': ['sysdig/agent', 'sysdig/agent-slim'],
    Tetragon: ['cilium/tetragon'],
    Tracee: ['aquasec/tracee'],
  },
}

export interface Agent {
  readonly name: string
  readonly workload: Resource
  readonly template: PodTemplate
}

/** The agents of a task that these workloads run, one for each workload that runs any. */
export function findAgents(workloads: readonly Resource[], task: AgentTask): readonly Agent[] {
  return workloads.flatMap(workload => {
    const reading = makesPods(workload) ? readPodTemplate(workload) : undefined
    if (!reading?.ok) return []
    const { template } = reading
    for (const { image = '', role } of template.containers) {
      const name = role === 'init' ? undefined : agentOf(image, task)
      if (name !== undefined) return [{ name, workload, template }]
    }
    return []
  })
}

function agentOf(image: string, task: AgentTask): string | undefined {
  const reading = parseImageReference(image)
  if (!reading.ok) return undefined
  const { repository } = reading.image
  const isOf = (known: string) => repository === known || repository.endsWith(`/${known}`)
  return Object.entries(images[task]).find(([, known]) => known.some(isOf))?.[0]
}

/** True where a pod sees a folder of its node: it mounts the folder, or one that it lies in. */
export function mountsFromNode({ spec }: PodTemplate, folder: string): boolean {
  return (spec.volumes ?? []).some(({ hostPath }) => {
    const path = (hostPath?.path ?? '').replace(/\/+$/, '')
    return hostPath !== undefined && (folder === path || folder.startsWith(`${path}/`))
  })
}

const controlPlaneTaint = /^node-role\.kubernetes\.io\/(?:control-plane|master)$/

/** True where a pod tolerates the taint that keeps others off the nodes of the control plane. */
export function toleratesControlPlane({ spec }: PodTemplate): boolean {
  return (spec.tolerations ?? []).some(({ key = '', operator, value = '', effect = '' }) => {
    if (effect !== '' && effect !== 'NoSchedule') return false
    // The taint has no value.
    return operator === 'Exists'
      ? key === '' || controlPlaneTaint.test(key)
      : controlPlaneTaint.test(key) && value === ''
  })
}
