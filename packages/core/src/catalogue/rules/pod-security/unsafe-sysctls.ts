// Rule: no pod sets a kernel parameter outside the list that Kubernetes calls safe.

import { removeAt } from '../../../kube/patch.ts'
import { isFrom, type KubernetesVersion } from '../../../model/kubernetes-version.ts'
import { defineRule } from '../../../model/rule.ts'
import { deployment, pod } from '../../../samples/pods.ts'
import { versionParameter } from './policy-version.ts'

/** What each version of the standard allows beyond the one before. Source: Pod Security Standards. */
const allowedSince: readonly (readonly [minor: number, names: readonly string[]])[] = [
  [
    0,
    [
      'kernel.shm_rmid_forced',
      'net.ipv4.ip_local_port_range',
      'net.ipv4.ip_unprivileged_port_start',
      'net.ipv4.ping_group_range',
      'net.ipv4.tcp_syncookies',
    ],
  ],
  [27, ['net.ipv4.ip_local_reserved_ports']],
  [
    29,
    [
      'net.ipv4.tcp_fin_timeout',
      'net.ipv4.tcp_keepalive_intvl',
      'net.ipv4.tcp_keepalive_probes',
      'net.ipv4.tcp_keepalive_time',
    ],
  ],
  [32, ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem']],
  [37, ['net.ipv4.tcp_notsent_lowat', 'net.ipv4.tcp_slow_start_after_idle']],
]

const isAllowed = (name: string, version: KubernetesVersion) =>
  allowedSince.some(([minor, names]) => isFrom(version, minor) && names.includes(name))

const sets = (...names: string[]) => ({
  securityContext: { sysctls: names.map(name => ({ name, value: '1' })) },
})

export const rule = defineRule({
  id: 'unsafe-sysctls',
  title: 'No pod sets an unsafe sysctl',
  severity: 'medium',
  subject: 'PodTemplate',
  parameters: {
    version: versionParameter,
    alsoAllowed: {
      type: 'string[]',
      default: [],
      description: 'Sysctls allowed besides the safe ones, such as net.core.somaxconn.',
    },
  },
  rationale:
    'Kernel parameters outside the safe list are not kept apart between pods: one pod can weaken or bring down the whole node.',
  remediation:
    'Take the sysctl out of the pod; set it on the nodes that need it, or allow it there and here by name.',
  references: [
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
    'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/',
  ],
  faultFields: ['sysctls'],

  *violations(pod, { parameters: { version, alsoAllowed } }) {
    const sysctls = pod.spec.securityContext?.sysctls
    if (sysctls === undefined) return
    for (let i = 0; i < sysctls.length; i++) {
      const name = sysctls[i]?.name
      if (!isAllowed(name ?? '', version) && !alsoAllowed.includes(name ?? ''))
        yield {
          path: `${pod.path}.securityContext.sysctls[${i}].name`,
          actual: name,
          expected: 'a safe sysctl',
        }
    }
  },

  fix: (violation, pod) => removeAt(pod.resource, violation.path.replace(/\.name$/, '')),

  admission: {
    check: 'sysctls',
    denial: (_, violations) => ({
      reason: 'forbidden sysctls',
      detail: violations.map(({ actual }) => (typeof actual === 'string' ? actual : '')).join(', '),
    }),
  },

  examples: {
    fail: {
      'one that is not safe': {
        given: pod(sets('kernel.msgmax')),
        at: ['spec.securityContext.sysctls[0].name'],
      },
      'two among safe ones': {
        given: deployment(sets('net.ipv4.tcp_syncookies', 'net.core.somaxconn', 'vm.swappiness')),
        at: [
          'spec.template.spec.securityContext.sysctls[1].name',
          'spec.template.spec.securityContext.sysctls[2].name',
        ],
      },
      'written with slashes': { given: pod(sets('kernel/shm_rmid_forced')) },
      'one that was allowed later': {
        given: pod(sets('net.ipv4.tcp_rmem')),
        parameters: { version: '1.31' },
      },
      'one without a name': { given: pod({ securityContext: { sysctls: [{ value: '1' }] } }) },
      'one that came with 1.37': {
        given: pod(sets('net.ipv4.tcp_slow_start_after_idle')),
        parameters: { version: '1.36' },
      },
    },
    pass: {
      'nothing said': { given: pod() },
      'an empty list': { given: pod(sets()) },
      'safe from the beginning': {
        given: pod(sets('kernel.shm_rmid_forced', 'net.ipv4.ping_group_range')),
        parameters: { version: '1.0' },
      },
      'safe from 1.37': {
        given: pod(sets('net.ipv4.tcp_notsent_lowat')),
        parameters: { version: '1.37' },
      },
      'allowed by name': {
        given: pod(sets('net.core.somaxconn')),
        parameters: { alsoAllowed: ['net.core.somaxconn'] },
      },
      'each that is safe by now': {
        given: pod(sets(...allowedSince.flatMap(([, names]) => names))),
        parameters: { version: '1.37' },
      },
    },
  },
})
