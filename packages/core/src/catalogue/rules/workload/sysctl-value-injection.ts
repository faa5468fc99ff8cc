// Rule: no sysctl's value carries further kernel settings with it.

import { defineRule } from '../../../model/rule.ts'
import { cronJob, pod } from '../../../samples/pods.ts'

const having = (...sysctls: { name: string; value?: string }[]) => ({ securityContext: { sysctls } })

export const rule = defineRule({
  id: 'sysctl-value-injection',
  title: "No sysctl's value smuggles in further kernel settings",
  severity: 'high',
  subject: 'PodTemplate',
  appliesTo: { os: 'linux' },
  rationale:
    'CRI-O 1.19 to 1.23 passed a value with + or = on as settings of their own, so that a safe sysctl could set kernel.core_pattern and run a command as root on the node (CVE-2022-0811). No sound value has these characters.',
  remediation:
    'Remove the sysctl, and find out who wrote it. Keep CRI-O at 1.23.2, 1.22.3, 1.21.6, 1.20.7, 1.19.6 or newer.',
  references: ['https://nvd.nist.gov/vuln/detail/CVE-2022-0811'],
  faultFields: ['sysctls'],

  *violations(pod) {
    for (const [i, { value }] of (pod.spec.securityContext?.sysctls ?? []).entries())
      if (value?.match(/[+=]/))
        yield {
          path: `${pod.path}.securityContext.sysctls[${i}].value`,
          actual: value,
          expected: 'a value without + and =',
        }
  },

  examples: {
    fail: {
      'two settings in one value': {
        given: pod(having({ name: 'kernel.shm_rmid_forced', value: '1+kernel.core_pattern=|/tmp/x' })),
        at: ['spec.securityContext.sysctls[0].value'],
      },
      'the second of two, in a CronJob': {
        given: cronJob(
          having(
            { name: 'net.ipv4.tcp_syncookies', value: '1' },
            { name: 'kernel.shm_rmid_forced', value: '1=2' },
          ),
        ),
        at: ['spec.jobTemplate.spec.template.spec.securityContext.sysctls[1].value'],
      },
    },
    pass: {
      'no sysctls': { given: pod() },
      'a plain value': { given: pod(having({ name: 'net.ipv4.ip_local_port_range', value: '1024 65535' })) },
      'no value': { given: pod(having({ name: 'kernel.shm_rmid_forced' })) },
      'a negative value': { given: pod(having({ name: 'net.ipv4.tcp_rmem', value: '-1' })) },
    },
    notApplicable: {
      'a Windows pod': {
        given: pod({ os: { name: 'windows' }, ...having({ name: 'kernel.shm_rmid_forced', value: '1+2' }) }),
      },
    },
  },
})
