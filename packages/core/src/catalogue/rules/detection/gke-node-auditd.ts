// Rule: a DaemonSet switches on the audit log of Container-Optimized OS on GKE's nodes.

import { readPodTemplate } from '../../../kube/pod-template.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'
import type { Resource } from '../../../model/resource.ts'
import { defineRule, type Lookup } from '../../../model/rule.ts'
import { namespace, object } from '../../../samples/objects.ts'
import { container } from '../../../samples/pods.ts'

/** The unit of the operating system that starts auditd. Source: cloud.google.com, "Enabling Linux auditd logs on GKE nodes". */
const unit = 'cloud-audit-setup'
const kubeSystem = namespace({ name: 'kube-system' })
const script = `chroot /host systemctl start ${unit}`
const daemonSet = (
  text: string,
  name = 'cos-auditd-logging',
  role = 'initContainers',
  field = 'command',
): Resource =>
  object(
    'apps/v1',
    'DaemonSet',
    { name, namespace: 'cos-auditd' },
    {
      spec: {
        template: {
          spec: {
            containers: [container()],
            [role]: [container({ [field]: ['bash', '-c', text] })],
          },
        },
      },
    },
  )

export const rule = defineRule({
  id: 'gke-node-auditd',
  title: 'A DaemonSet switches on the audit log of GKE’s nodes',
  severity: 'low',
  defaultEnabled: false,
  subject: 'Namespace',
  reads: ['DaemonSet'],
  absent: 'not-collected',
  rationale:
    'Without it Container-Optimized OS keeps no record of logins, of changed settings and of system calls.',
  remediation: `Deploy the DaemonSet cos-auditd-logging of GKE’s guide, which starts ${unit} on each node.`,
  references: ['https://cloud.google.com/kubernetes-engine/docs/how-to/linux-auditd-logging'],

  // One namespace stands for the cluster.
  concerns: resource => resource.metadata.name === 'kube-system',

  *violations(resource, { lookup }) {
    if (!isSwitchedOn(lookup))
      yield {
        path: 'metadata.name',
        actual: resource.metadata.name,
        expected: `a cluster with a DaemonSet that starts ${unit}`,
      }
  },

  examples: {
    fail: {
      'no DaemonSet': { given: kubeSystem, at: ['metadata.name'] },
      'a DaemonSet that only has the name': { given: kubeSystem, with: [daemonSet('sleep infinity')] },
    },
    pass: {
      'the one of the guide': { given: kubeSystem, with: [daemonSet(script)] },
      'one that is given the script as arguments': {
        given: kubeSystem,
        with: [daemonSet(script, 'auditd', 'containers', 'args')],
      },
      'one of another name, in its container': {
        given: kubeSystem,
        with: [daemonSet(script, 'auditd', 'containers')],
      },
    },
    unconcerned: { 'another namespace': { given: namespace() } },
  },
})

function isSwitchedOn(lookup: Lookup): boolean {
  return lookup.list('DaemonSet').some(workload => {
    const reading = readPodTemplate(workload)
    return reading.ok && startsUnit(reading.template)
  })
}

const startsUnit = ({ containers }: PodTemplate) =>
  containers.some(({ command = [], args = [] }) => [...command, ...args].some(word => word.includes(unit)))
