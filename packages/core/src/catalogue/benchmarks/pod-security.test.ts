// The editions of the Pod Security Standards hold the controls that each version has, bound to its rules.

import { expect, test } from 'vitest'
import { resolveParameters } from '../../engine/parameters.ts'
import type { Rule } from '../../model/rule.ts'
import { podSecurityChecks } from '../rules/pod-security/pod-security-checks.ts'
import { editions } from './pod-security.ts'

const rules = new Map<string, Rule>(
  podSecurityChecks.flatMap(check => check.rules.map(rule => [rule.id, rule] as const)),
)
const edition = (benchmark: string, version: string) => {
  const found = editions.find(one => one.benchmark === benchmark && one.edition === version)
  if (!found) throw new Error(`no ${benchmark}@${version}`)
  return found
}
const ids = (benchmark: string, version: string) => edition(benchmark, version).controls.map(({ id }) => id)

const rulesOf = (id: string) =>
  edition('pss-restricted', '1.37')
    .controls.find(control => control.id === id)
    ?.rules.map(({ rule }) => rule)

test('there is one of each level for every version from 1.0 to 1.37, the newest last', () => {
  for (const benchmark of ['pss-baseline', 'pss-restricted'])
    expect(editions.filter(one => one.benchmark === benchmark).map(one => one.edition)).toEqual(
      Array.from({ length: 38 }, (_, minor) => `1.${minor}`),
    )
  expect(editions).toHaveLength(76)
})

test('the newest have all checks', () => {
  expect(ids('pss-baseline', '1.37').toSorted()).toEqual(
    [
      'appArmorProfile',
      'capabilities_baseline',
      'hostNamespaces',
      'hostPathVolumes',
      'hostPorts',
      'hostProbesAndHostLifecycle',
      'privileged',
      'procMount',
      'seLinuxOptions',
      'seccompProfile_baseline',
      'sysctls',
      'windowsHostProcess',
    ].toSorted(),
  )
  expect(ids('pss-restricted', '1.37').filter(id => !ids('pss-baseline', '1.37').includes(id))).toEqual([
    'allowPrivilegeEscalation',
    'capabilities_restricted',
    'procMount_restricted',
    'restrictedVolumes',
    'runAsNonRoot',
    'runAsUser',
    'seccompProfile_restricted',
  ])
})

test.each([
  ['1.0', 11, 13],
  ['1.8', 11, 14],
  ['1.19', 11, 15],
  ['1.22', 11, 16],
  ['1.23', 11, 17],
  ['1.33', 11, 17],
  ['1.34', 12, 18],
  ['1.35', 12, 19],
])(
  '%s has %d controls at the baseline level and %d at the restricted level',
  (version, baseline, restricted) => {
    expect(ids('pss-baseline', version)).toHaveLength(baseline)
    expect(ids('pss-restricted', version)).toHaveLength(restricted)
  },
)

test('each control stands in a section of its edition and is bound to rules with parameters that they take', () => {
  for (const { edition: version, sections, controls } of editions)
    for (const control of controls) {
      expect(sections.map(({ id }) => id)).toContain(control.section)
      expect(control.rules.length).toBeGreaterThan(0)
      for (const { rule: id, parameters } of control.rules) {
        const rule = rules.get(id) as Rule
        const values = resolveParameters(rule, { major: 1, minor: 99 }, parameters)
        if ('version' in values) expect(`1.${(values.version as { minor: number }).minor}`).toBe(version)
      }
    }
})

test('a control asks for the standard whatever a profile says', () => {
  const control = edition('pss-baseline', '1.34').controls.find(({ id }) => id === 'capabilities_baseline')
  const [binding] = control?.rules ?? []
  const loosened = { allowed: ['SYS_ADMIN'] }
  const rule = rules.get('added-capabilities') as Rule
  const values = resolveParameters(rule, { major: 1, minor: 34 }, loosened, binding?.parameters)
  expect(values.allowed).not.toContain('SYS_ADMIN')
})

test('host namespaces are three rules, a masked /proc at the restricted level two', () => {
  expect(rulesOf('hostNamespaces')).toEqual(['host-network', 'host-pid', 'host-ipc'])
  expect(rulesOf('procMount_restricted')).toEqual(['proc-mount', 'proc-mount-user-namespace'])
})
