// Denials are worded as the admission controller words them, each check from and up to its version.

import { describe, expect, test } from 'vitest'
import { readPodTemplate } from '../../../kube/pod-template.ts'
import type { ContainerSpec, Volume } from '../../../model/pod-spec.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'
import type { Resource } from '../../../model/resource.ts'
import { container, cronJob, pod, podWith } from '../../../samples/pods.ts'
import { podSecurityDenials, podSecurityMessage } from './admission-message.ts'
import type { PodSecurityLevel } from './pod-security-checks.ts'

type SecurityContext = NonNullable<ContainerSpec['securityContext']>
type PodParts = NonNullable<Parameters<typeof pod>[0]>

const newest = 37

function templateOf(resource: Resource): PodTemplate {
  const reading = readPodTemplate(resource)
  if (!reading.ok) throw new Error(reading.problem.expected)
  return reading.template
}

function denials(resource: Resource, level: PodSecurityLevel, minor: number) {
  return podSecurityDenials(templateOf(resource), level, { major: 1, minor })
}

/** Meets the restricted level at every version. */
const hardened: SecurityContext = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
  capabilities: { drop: ['ALL'] },
}

/** A hardened container with some settings of its own; `undefined` takes one away. */
const secure = (
  name: string,
  own: { [K in keyof SecurityContext]?: SecurityContext[K] | undefined } = {},
) => {
  const settings = Object.entries({ ...hardened, ...own }).filter(([, value]) => value !== undefined)
  return container({ name, securityContext: Object.fromEntries(settings) })
}

/** A hardened pod but for the parts given. */
const securePod = (parts: PodParts = {}) => pod({ containers: [secure('app')], ...parts })

/** An init container `a`, ordinary ones `b` and `c`, an ephemeral one `d`, each with the settings. */
const everywhere = (own: SecurityContext) =>
  pod({
    containers: [secure('b', own), secure('c', own)],
    initContainers: [secure('a', own)],
    ephemeralContainers: [secure('d', own)],
  })

const annotated = (annotations: Record<string, string>) => securePod({ metadata: { annotations } })

/** The minors at which the check denies the pod, as ranges: `19-24` or `35-`. */
function deniedAt(check: string, level: PodSecurityLevel, given: Resource): string {
  const minors = Array.from({ length: newest + 1 }, (_, minor) => minor).filter(minor =>
    denials(given, level, minor).some(denial => denial.check === check),
  )
  const ranges: string[] = []
  for (const minor of minors) {
    if (!minors.includes(minor - 1)) ranges.push(`${minor}-`)
    if (!minors.includes(minor + 1) && minor < newest) ranges.push(`${ranges.pop()}${minor}`)
  }
  return ranges.join(' ')
}

const sysctl = (name: string) => securePod({ securityContext: { sysctls: [{ name, value: '1' }] } })
describe('the words of each check', () => {
  const cases: [check: string, level: PodSecurityLevel, minor: number, given: Resource, sentence: string][] =
    [
      [
        'hostNamespaces',
        'baseline',
        newest,
        securePod({ hostPID: true, hostIPC: true, hostNetwork: true }),
        'host namespaces (hostNetwork=true, hostPID=true, hostIPC=true)',
      ],
      ['hostNamespaces', 'baseline', 0, securePod({ hostIPC: true }), 'host namespaces (hostIPC=true)'],
      [
        'privileged',
        'baseline',
        newest,
        everywhere({ privileged: true }),
        'privileged (containers "a", "b", "c", "d" must not set securityContext.privileged=true)',
      ],
      [
        'privileged',
        'baseline',
        newest,
        podWith({ name: 'one', securityContext: { privileged: true } }),
        'privileged (container "one" must not set securityContext.privileged=true)',
      ],
      [
        'capabilities_baseline',
        'baseline',
        newest,
        pod({
          containers: [secure('b', { capabilities: { add: ['SYS_TIME', 'CHOWN'] } })],
          initContainers: [secure('a', { capabilities: { add: ['NET_RAW', 'SYS_TIME'] } })],
        }),
        'non-default capabilities (containers "a", "b" must not include "NET_RAW", "SYS_TIME" in securityContext.capabilities.add)',
      ],
      [
        'hostPathVolumes',
        'baseline',
        newest,
        securePod({
          volumes: [
            { name: 'z', hostPath: { path: '/z' } },
            { name: 'b', emptyDir: {} },
            { name: 'a', hostPath: {} },
          ],
        }),
        'hostPath volumes (volumes "z", "a")',
      ],
      [
        'hostPorts',
        'baseline',
        newest,
        podWith(
          { name: 'one', ports: [{ containerPort: 1, hostPort: 9 }] },
          {
            name: 'two',
            ports: [
              { containerPort: 1, hostPort: 80 },
              { containerPort: 2, hostPort: 443 },
            ],
          },
        ),
        'hostPort (containers "one", "two" use hostPorts 443, 80, 9)',
      ],
      [
        'hostPorts',
        'baseline',
        newest,
        podWith({ name: 'one', ports: [{ containerPort: 1, hostPort: 80 }] }),
        'hostPort (container "one" uses hostPort 80)',
      ],
      [
        'hostProbesAndHostLifecycle',
        'baseline',
        newest,
        pod({
          containers: [container({ name: 'a', livenessProbe: { httpGet: { host: 'z.example', port: 1 } } })],
          initContainers: [
            container({ name: 'b', lifecycle: { preStop: { tcpSocket: { host: 'a.example', port: 1 } } } }),
          ],
        }),
        'probe or lifecycle host (containers "a", "b" use probe or lifecycle hosts "a.example", "z.example")',
      ],
      [
        'hostProbesAndHostLifecycle',
        'baseline',
        newest,
        podWith({ name: 'a', startupProbe: { tcpSocket: { host: 'db', port: 1 } } }),
        'probe or lifecycle host (container "a" uses probe or lifecycle host "db")',
      ],
      [
        'appArmorProfile',
        'baseline',
        newest,
        pod({
          metadata: {
            annotations: { 'container.apparmor.security.beta.kubernetes.io/b': 'a "strange" one' },
          },
          securityContext: { appArmorProfile: { type: 'Unconfined' } },
          containers: [secure('b', { appArmorProfile: { type: 'bogus' } })],
        }),
        'forbidden AppArmor profiles (pod and container "b" and annotation must not set AppArmor profile type to "Unconfined", "bogus", "container.apparmor.security.beta.kubernetes.io/b="a \\"strange\\" one"")',
      ],
      [
        'appArmorProfile',
        'baseline',
        newest,
        everywhere({ appArmorProfile: {} }),
        'forbidden AppArmor profile (containers "a", "b", "c", "d" must not set AppArmor profile type to "")',
      ],
      [
        'seLinuxOptions',
        'baseline',
        newest,
        pod({
          securityContext: { seLinuxOptions: { type: 'spc_t', user: 'u' } },
          containers: [secure('b', { seLinuxOptions: { type: 'init_t', role: 'r' } })],
        }),
        'seLinuxOptions (pod and container "b" set forbidden securityContext.seLinuxOptions: types "init_t", "spc_t"; user may not be set; role may not be set)',
      ],
      [
        'seLinuxOptions',
        'baseline',
        newest,
        securePod({ securityContext: { seLinuxOptions: { role: 'r' } } }),
        'seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: role may not be set)',
      ],
      [
        'procMount',
        'baseline',
        newest,
        everywhere({ procMount: 'Unmasked' }),
        'procMount (containers "a", "b", "c", "d" must not set securityContext.procMount to "Unmasked")',
      ],
      [
        'procMount_restricted',
        'restricted',
        newest,
        securePod({ hostUsers: false, containers: [secure('app', { procMount: 'Unmasked' })] }),
        'procMount (container "app" must not set securityContext.procMount to "Unmasked")',
      ],
      [
        'seccompProfile_baseline',
        'baseline',
        newest,
        pod({
          securityContext: { seccompProfile: { type: 'Unconfined' } },
          containers: [secure('b', { seccompProfile: { type: 'unconfined' } })],
        }),
        'seccompProfile (pod and container "b" must not set securityContext.seccompProfile.type to "Unconfined", "unconfined")',
      ],
      [
        'seccompProfile_baseline',
        'baseline',
        18,
        annotated({
          'seccomp.security.alpha.kubernetes.io/pod': 'unconfined',
          'container.seccomp.security.alpha.kubernetes.io/app': 'bogus',
        }),
        'seccompProfile (forbidden annotations container.seccomp.security.alpha.kubernetes.io/app="bogus", seccomp.security.alpha.kubernetes.io/pod="unconfined")',
      ],
      [
        'sysctls',
        'baseline',
        newest,
        securePod({
          securityContext: { sysctls: [{ name: 'vm.swappiness' }, { name: 'kernel.msgmax', value: '1' }] },
        }),
        'forbidden sysctls (vm.swappiness, kernel.msgmax)',
      ],
      [
        'windowsHostProcess',
        'baseline',
        newest,
        pod({
          securityContext: { windowsOptions: { hostProcess: true } },
          containers: [secure('b', { windowsOptions: { hostProcess: true } })],
        }),
        'hostProcess (pod and container "b" must not set securityContext.windowsOptions.hostProcess=true)',
      ],
      [
        'allowPrivilegeEscalation',
        'restricted',
        newest,
        pod({ containers: [secure('a', { allowPrivilegeEscalation: undefined }), secure('b')] }),
        'allowPrivilegeEscalation != false (container "a" must set securityContext.allowPrivilegeEscalation=false)',
      ],
      [
        'capabilities_restricted',
        'restricted',
        newest,
        pod({
          containers: [
            secure('b', { capabilities: { add: ['SYS_TIME', 'NET_BIND_SERVICE'] } }),
            secure('c', { capabilities: { drop: ['ALL'], add: ['CHOWN'] } }),
          ],
        }),
        'unrestricted capabilities (container "b" must set securityContext.capabilities.drop=["ALL"]; containers "b", "c" must not include "CHOWN", "SYS_TIME" in securityContext.capabilities.add)',
      ],
      [
        'restrictedVolumes',
        'restricted',
        newest,
        securePod({
          volumes: [
            { name: 'b', nfs: {} },
            { name: 'a', hostPath: { path: '/' } },
            { name: 'c', emptyDir: {} },
            { name: 'd', laterThanThis: {} } as Volume,
          ],
        }),
        'restricted volume types (volumes "b", "a", "d" use restricted volume types "hostPath", "nfs", "unknown")',
      ],
      [
        'restrictedVolumes',
        'restricted',
        newest,
        securePod({ volumes: [{ name: 'b', gitRepo: {} }] }),
        'restricted volume types (volume "b" uses restricted volume type "gitRepo")',
      ],
      [
        'runAsNonRoot',
        'restricted',
        newest,
        pod({
          containers: [secure('a', { runAsNonRoot: undefined }), secure('b', { runAsNonRoot: undefined })],
        }),
        'runAsNonRoot != true (pod or containers "a", "b" must set securityContext.runAsNonRoot=true)',
      ],
      [
        'runAsNonRoot',
        'restricted',
        newest,
        pod({
          securityContext: { runAsNonRoot: false },
          containers: [secure('a', { runAsNonRoot: undefined }), secure('b', { runAsNonRoot: false })],
        }),
        'runAsNonRoot != true (pod and container "b" must not set securityContext.runAsNonRoot=false)',
      ],
      [
        'runAsUser',
        'restricted',
        newest,
        pod({ securityContext: { runAsUser: 0 }, containers: [secure('a', { runAsUser: 0 })] }),
        'runAsUser=0 (pod and container "a" must not set runAsUser=0)',
      ],
      [
        'seccompProfile_restricted',
        'restricted',
        newest,
        pod({
          containers: [
            secure('a', { seccompProfile: undefined }),
            secure('b', { seccompProfile: undefined }),
          ],
        }),
        'seccompProfile (pod or containers "a", "b" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
      ],
      [
        'seccompProfile_restricted',
        'restricted',
        newest,
        pod({
          containers: [secure('a', { seccompProfile: undefined }), secure('b', { seccompProfile: {} })],
        }),
        'seccompProfile (container "b" must not set securityContext.seccompProfile.type to "")',
      ],
    ]

  test.each(cases)('%s at %s 1.%d', (check, level, minor, given, sentence) => {
    const found = denials(given, level, minor)
    expect(found.map(denial => denial.check)).toEqual([check])
    expect(podSecurityMessage(found, level, { major: 1, minor })).toBe(
      `violates PodSecurity "${level}:v1.${minor}": ${sentence}`,
    )
  })

  test('every check is among them', () => {
    expect(new Set(cases.map(([check]) => check)).size).toBe(19)
  })
})

describe('the versions in which each check denies', () => {
  const bare = podWith({})
  const bareOnWindows = pod({ os: { name: 'windows' } })
  const rootInUserNamespace = pod({ hostUsers: false, securityContext: { runAsUser: 0 } })
  const unmaskedInUserNamespace = pod({
    hostUsers: false,
    containers: [container({ securityContext: { procMount: 'Unmasked' } })],
  })
  const probe = podWith({ livenessProbe: { httpGet: { host: 'db', port: 1 } } })
  const unmasked = podWith({ securityContext: { procMount: 'Unmasked' } })
  const hostPath = pod({ volumes: [{ name: 'a', hostPath: { path: '/' } }] })
  const added = podWith({ securityContext: { capabilities: { add: ['SYS_TIME'] } } })
  const seccompNote = annotated({ 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' })
  const unconfined = pod({ securityContext: { seccompProfile: { type: 'Unconfined' } } })

  test.each<[check: string, level: PodSecurityLevel, given: Resource, minors: string]>([
    ['hostNamespaces', 'baseline', pod({ hostPID: true }), '0-'],
    ['hostNamespaces', 'restricted', pod({ hostPID: true }), '0-'],
    ['hostProbesAndHostLifecycle', 'baseline', probe, '34-'],
    [
      'seLinuxOptions',
      'baseline',
      podWith({ securityContext: { seLinuxOptions: { type: 'container_engine_t' } } }),
      '0-30',
    ],
    ['procMount', 'baseline', unmasked, '0-'],
    ['procMount', 'baseline', unmaskedInUserNamespace, '0-34'],
    ['procMount', 'restricted', unmaskedInUserNamespace, '0-34'],
    ['procMount_restricted', 'restricted', unmaskedInUserNamespace, '35-'],
    ['procMount_restricted', 'restricted', unmasked, '35-'],
    ['procMount_restricted', 'baseline', unmasked, ''],
    ['seccompProfile_baseline', 'baseline', seccompNote, '0-18'],
    ['seccompProfile_baseline', 'baseline', unconfined, '19-'],
    ['seccompProfile_baseline', 'restricted', unconfined, ''],
    ['seccompProfile_restricted', 'restricted', unconfined, '19-'],
    ['seccompProfile_restricted', 'restricted', bare, '19-'],
    ['seccompProfile_restricted', 'restricted', bareOnWindows, '19-24'],
    ['sysctls', 'baseline', sysctl('kernel.msgmax'), '0-'],
    ['sysctls', 'baseline', sysctl('net.ipv4.tcp_syncookies'), ''],
    ['sysctls', 'baseline', sysctl('net.ipv4.ip_local_reserved_ports'), '0-26'],
    ['sysctls', 'baseline', sysctl('net.ipv4.tcp_keepalive_time'), '0-28'],
    ['sysctls', 'baseline', sysctl('net.ipv4.tcp_wmem'), '0-31'],
    ['sysctls', 'baseline', sysctl('net.ipv4.tcp_slow_start_after_idle'), '0-36'],
    ['allowPrivilegeEscalation', 'restricted', bare, '8-'],
    ['allowPrivilegeEscalation', 'restricted', bareOnWindows, '8-24'],
    ['capabilities_baseline', 'baseline', added, '0-'],
    ['capabilities_baseline', 'restricted', added, '0-21'],
    ['capabilities_restricted', 'restricted', added, '22-'],
    ['capabilities_restricted', 'restricted', bareOnWindows, '22-24'],
    ['hostPathVolumes', 'baseline', hostPath, '0-'],
    ['hostPathVolumes', 'restricted', hostPath, ''],
    ['restrictedVolumes', 'restricted', hostPath, '0-'],
    ['runAsNonRoot', 'restricted', bareOnWindows, '0-'],
    ['runAsNonRoot', 'restricted', rootInUserNamespace, '0-34'],
    ['runAsUser', 'restricted', pod({ securityContext: { runAsUser: 0 } }), '23-'],
    ['runAsUser', 'restricted', rootInUserNamespace, '23-34'],
    ['runAsUser', 'baseline', rootInUserNamespace, ''],
  ])('%s at %s', (check, level, given, minors) => {
    expect(deniedAt(check, level, given)).toBe(minors)
  })
})

describe('the whole answer', () => {
  test('names baseline before restricted checks, each by its id', () => {
    const bad = cronJob({
      hostNetwork: true,
      volumes: [{ name: 'root', hostPath: { path: '/' } }],
      containers: [container({ name: 'job', securityContext: { privileged: true } })],
    })
    const found = denials(bad, 'restricted', 25)
    expect(podSecurityMessage(found, 'restricted', { major: 1, minor: 25 })).toBe(
      'violates PodSecurity "restricted:v1.25": host namespaces (hostNetwork=true), ' +
        'privileged (container "job" must not set securityContext.privileged=true), ' +
        'allowPrivilegeEscalation != false (container "job" must set securityContext.allowPrivilegeEscalation=false), ' +
        'unrestricted capabilities (container "job" must set securityContext.capabilities.drop=["ALL"]), ' +
        'restricted volume types (volume "root" uses restricted volume type "hostPath"), ' +
        'runAsNonRoot != true (pod or container "job" must set securityContext.runAsNonRoot=true), ' +
        'seccompProfile (pod or container "job" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
    )
    expect(denials(bad, 'baseline', 25).map(({ check }) => check)).toEqual([
      'hostNamespaces',
      'hostPathVolumes',
      'privileged',
    ])
  })

  test('a hardened pod is admitted at every level and version', () => {
    for (const level of ['baseline', 'restricted'] as const)
      for (let minor = 0; minor <= newest; minor++)
        expect(denials(securePod(), level, minor), `${level} 1.${minor}`).toEqual([])
  })

  test('a version newer than any known is judged by the newest', () => {
    const bare = podWith({ securityContext: { procMount: 'Unmasked' } })
    expect(denials(bare, 'restricted', 99)).toEqual(denials(bare, 'restricted', newest))
  })
})
