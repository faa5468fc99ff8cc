// Fixes of the Pod Security rules: together they harden a pod for the level, and none is offered that the API server would refuse.

import { applyPatch, deepClone, type Operation as PatchOperation } from 'fast-json-patch'
import { expect, test } from 'vitest'
import { readPodTemplate } from '../../../kube/pod-template.ts'
import type { KubernetesVersion } from '../../../model/kubernetes-version.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'
import type { Resource } from '../../../model/resource.ts'
import type { Lookup, Rule, RuleContext } from '../../../model/rule.ts'
import { container, deployment, podWith } from '../../../samples/pods.ts'
import { podSecurityDenials } from './admission-message.ts'
import { parametersAt, podSecurityChecks } from './pod-security-checks.ts'
import { rule as privilegeEscalation } from './privilege-escalation.ts'
import { rule as restrictedCapabilities } from './restricted-capabilities.ts'
import { rule as seccompProfile } from './seccomp-profile.ts'

const version: KubernetesVersion = { major: 1, minor: 37 }
const rules = [...new Set(podSecurityChecks.flatMap(check => check.rules))]

function templateOf(resource: Resource): PodTemplate {
  const reading = readPodTemplate(resource)
  if (!reading.ok) throw new Error(reading.problem.expected)
  return reading.template
}

function contextOf(rule: Rule, parameters: Readonly<Record<string, unknown>> = {}): RuleContext {
  const lookup: Lookup = {
    list: () => [],
    get: () => undefined,
    derive: ({ from }) => from([]),
    deriveIn: ({ from }) => from([]),
  }
  return { parameters: { ...parametersAt(rule, version), ...parameters }, lookup } as RuleContext
}

/** The operations for the first violation of the rule; undefined when there is none. */
function firstFix(rule: Rule, resource: Resource, parameters?: Readonly<Record<string, unknown>>) {
  const template = templateOf(resource)
  const context = contextOf(rule, parameters)
  for (const violation of rule.violations(template, context))
    return rule.fix?.(violation, template, context) ?? []
  return undefined
}

/** The resource after fix upon fix, until no rule has another. */
function mended(resource: Resource): Resource {
  let current = resource
  for (let step = 0; step < 100; step++) {
    const operations = rules
      .map(rule => firstFix(rule, current))
      .find(one => one !== undefined && one.length > 0)
    if (!operations) return current
    current = applyPatch(deepClone(current) as Resource, operations as PatchOperation[]).newDocument
  }
  throw new Error('fixes without end')
}

test('all of them together make a bare Deployment one that the restricted level admits', () => {
  const hardened = mended(deployment({ initContainers: [container({ name: 'init' })] }))
  expect(podSecurityDenials(templateOf(hardened), 'restricted', version)).toEqual([])
  const settings = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }
  expect(templateOf(hardened).spec).toMatchObject({
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{ securityContext: settings }],
    initContainers: [{ securityContext: settings }],
  })
})

test('what is bad and has a fix is taken back, what is not stays', () => {
  const bad = deployment({
    hostPID: true,
    hostNetwork: true,
    metadata: {
      annotations: { 'container.apparmor.security.beta.kubernetes.io/app': 'unconfined', team: 'shop' },
    },
    securityContext: {
      seLinuxOptions: { type: 'spc_t', level: 's0' },
      sysctls: [
        { name: 'kernel.msgmax', value: '1' },
        { name: 'net.ipv4.tcp_syncookies', value: '1' },
        { name: 'vm.swappiness', value: '1' },
      ],
    },
    containers: [
      container({
        ports: [{ containerPort: 80, hostPort: 80 }],
        livenessProbe: { httpGet: { host: 'db', port: 80 } },
        securityContext: {
          privileged: true,
          procMount: 'Unmasked',
          seccompProfile: { type: 'Localhost' },
          capabilities: { add: ['SYS_ADMIN', 'NET_BIND_SERVICE', 'NET_RAW'] },
        },
      }),
    ],
  })
  const hardened = templateOf(mended(bad))
  expect(podSecurityDenials(hardened, 'restricted', version)).toEqual([])
  expect(hardened.metadata.annotations).toEqual({ team: 'shop' })
  expect(hardened.spec).toMatchObject({
    hostPID: false,
    hostNetwork: false,
    securityContext: {
      seLinuxOptions: { level: 's0' },
      sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }],
    },
    containers: [
      {
        ports: [{ containerPort: 80 }],
        livenessProbe: { httpGet: { port: 80 } },
        securityContext: {
          privileged: false,
          procMount: 'Default',
          seccompProfile: { type: 'Localhost' },
          capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
        },
      },
    ],
  })
})

test('privilege escalation is not forbidden beside privileges that need it', () => {
  expect(firstFix(privilegeEscalation, podWith({ securityContext: { privileged: true } }))).toEqual([])
  expect(
    firstFix(privilegeEscalation, podWith({ securityContext: { capabilities: { add: ['CAP_SYS_ADMIN'] } } })),
  ).toEqual([])
  expect(firstFix(privilegeEscalation, podWith({}))).toHaveLength(1)
})

test('a Windows pod that an old version denies is left without settings that only Linux has', () => {
  const windows = deployment({ os: { name: 'windows' } })
  const before = { version: { major: 1, minor: 24 } }
  for (const rule of [privilegeEscalation, restrictedCapabilities, seccompProfile])
    expect(firstFix(rule, windows, before), rule.id).toEqual([])
})

test('a profile that will do no more is replaced as a whole, its file name with it', () => {
  const given = podWith({
    securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' } },
  })
  expect(firstFix(seccompProfile, given, { allowed: ['RuntimeDefault'] })).toEqual([
    {
      op: 'replace',
      path: '/spec/containers/0/securityContext/seccompProfile',
      value: { type: 'RuntimeDefault' },
    },
  ])
  expect(firstFix(seccompProfile, podWith({}), { allowed: ['Localhost'] })).toEqual([])
})
