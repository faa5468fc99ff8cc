/// <reference types="vite/types/importMeta.d.ts" />
// Every edition stands on its own: ids, sections, titles, and answers by rules that are there, or by a reason.

import { describe, expect, test } from 'vitest'
import { resolveParameters } from '../../engine/parameters.ts'
import type { Control, Edition } from '../../model/benchmark.ts'
import { newestKnownMinor } from '../../model/kubernetes-version.ts'
import type { Rule } from '../../model/rule.ts'
import { requirements } from './requirements/table.ts'

const modules = import.meta.glob<{ readonly editions: readonly Edition[] }>(['./*.ts', '!./*.test.ts'], {
  eager: true,
})
const ruleModules = import.meta.glob<{ readonly rule?: Rule }>(
  ['../rules/**/*.ts', '!../rules/**/*.test.ts'],
  {
    eager: true,
  },
)
const rules = new Map(
  Object.values(ruleModules).flatMap(({ rule }) => (rule ? [[rule.id, rule] as const] : [])),
)
const editions = Object.values(modules).flatMap(module => module.editions)
const idOf = ({ benchmark, edition }: Edition) => `${benchmark}@${edition}`
// Those of the Pod Security Standards have tests of their own, and titles by their admission check.
const own = editions.filter(({ benchmark }) => !benchmark.startsWith('pss-'))

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value])
  return groups
}

test('a file is named after its family and holds it alone', () => {
  for (const [file, module] of Object.entries(modules)) {
    if (file === './pod-security.ts') continue
    expect(new Set(module.editions.map(({ benchmark }) => `./${benchmark}.ts`))).toEqual(new Set([file]))
  }
})

test('the families stand, each with its editions from the oldest to the newest', () => {
  const families = grouped(own, ({ benchmark }) => benchmark)
  const told = [...families].map(
    ([family, editions]) => `${family}: ${editions.map(({ edition }) => edition).join(' ')}`,
  )
  expect(told.sort()).toEqual([
    'cis-aks: 1.4.0 1.5.0 1.6.0 1.7.0 1.8.0',
    'cis-eks: 1.1.0 1.4.0 1.5.0 1.6.0 1.7.0 1.8.0',
    'cis-gke-autopilot: 1.3.0',
    'cis-gke: 1.4.0 1.5.0 1.6.0 1.7.0 1.8.0 1.9.0',
    'cis-k3s: 1.12',
    'cis-k8s: 1.23 1.24 1.7.0 1.8.0 1.9.0 1.10.0 1.11.1 1.12.0 2.0.1',
    'cis-ocp: 1.9.0',
    'cis-rke2: 1.12',
    'disa-stig-k8s-eks: v1r6',
    'disa-stig-k8s-gke: v2r2',
    'disa-stig-ocp4: v2r2',
    'mitre-attack-containers: 18',
    'ms-threat-matrix-k8s: 2023-01',
    'nsa-cisa: 1.0 1.2',
    'owasp-k8s-top-ten: 2022 2025',
  ])
})

test('no edition stands twice', () => {
  const ids = editions.map(idOf)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})

describe.each(own.map(edition => [idOf(edition), edition] as const))('%s', (_, edition) => {
  test('its sections and controls have ids of their own, and each section has controls', () => {
    const ids = edition.controls.map(({ id }) => id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    const sections = edition.sections.map(({ id }) => id)
    expect(new Set(edition.controls.map(({ section }) => section))).toEqual(new Set(sections))
    expect(new Set(sections).size).toBe(sections.length)
    for (const { title } of edition.sections) expect(title).not.toBe('')
  })

  test('its controls are answered by rules that are there, or say why not', () => {
    for (const control of edition.controls) {
      expect(control.rules.length > 0 || control.undecided !== undefined, control.id).toBe(true)
      for (const { rule, parameters } of control.rules) {
        const bound = rules.get(rule)
        expect(bound?.id, `the rule of ${control.id}`).toBe(rule)
        if (bound) resolveParameters(bound, { major: 1, minor: newestKnownMinor }, parameters)
      }
    }
  })

  test('its controls say what holds and how to get there', () => {
    for (const control of edition.controls) {
      expect(control.title, control.id).toMatch(/[^.!?]$/)
      expect(control.remediation, control.id).toMatch(/^[A-Z].*\.$/)
      expect(control.requirement, control.id).toBeTruthy()
    }
  })

  test('it is computed once', () => {
    expect(edition.controls).toBe(edition.controls)
    expect({ ...edition }.controls).toEqual(edition.controls)
  })
})

test('one title is one requirement, in all benchmarks', () => {
  const byTitle = grouped(
    own.flatMap(({ controls }) => controls),
    ({ title }) => title,
  )
  for (const [title, controls] of byTitle)
    expect([...new Set(controls.map(({ requirement }) => requirement))], title).toHaveLength(1)
})

test('every requirement is asked for by some edition', () => {
  const asked = new Set(own.flatMap(({ controls }) => controls.map(({ requirement }) => requirement)))
  expect(Object.keys(requirements).filter(key => !asked.has(key))).toEqual([])
})

const find = (id: string) => {
  const found = editions.find(edition => idOf(edition) === id)
  if (!found) throw new Error(`there is no ${id}`)
  return found
}
const control = (edition: string, id: string) => find(edition).controls.find(one => one.id === id) as Control
const rulesOf = (edition: string, id: string) => control(edition, id).rules.map(({ rule }) => rule)

describe('what published mappings get wrong', () => {
  test('DenyServiceExternalIPs is wanted off up to 1.24, and on from 1.7.0', () => {
    for (const older of ['1.23', '1.24'])
      expect(control(`cis-k8s@${older}`, '1.2.3').rules).toEqual([
        { rule: 'apiserver-deny-service-external-ips', parameters: { plugin: 'off' } },
      ])
    for (const newer of ['1.7.0', '1.12.0', '2.0.1'])
      expect(control(`cis-k8s@${newer}`, '1.2.3').rules).toEqual([
        { rule: 'apiserver-deny-service-external-ips', parameters: { plugin: 'on' } },
      ])
  })

  test('1.11.1 has the certificate of etcd twice, so that its numbers are one ahead', () => {
    const requirement = (edition: string, id: string) => control(`cis-k8s@${edition}`, id).requirement
    expect(requirement('1.11.1', '2.1')).toBe(requirement('1.11.1', '2.2'))
    for (let n = 2; n <= 7; n++)
      expect(requirement('1.11.1', `2.${n + 1}`)).toBe(requirement('1.12.0', `2.${n}`))
  })

  test('1.12.0 numbers pods from 5.2.9 anew and ends in section 5.6', () => {
    expect(rulesOf('cis-k8s@1.12.0', '5.2.11')).toEqual(['host-path-volume'])
    expect(rulesOf('cis-k8s@1.10.0', '5.2.12')).toEqual(['host-path-volume'])
    expect(control('cis-k8s@1.12.0', '4.2.14').requirement).toBe('kubelet.seccomp-default')
    expect(find('cis-k8s@1.12.0').sections.at(-1)?.id).toBe('5.6')
  })

  test('EKS 1.8.0 calls twelve controls manual that 1.7.0 called automated', () => {
    const automated = (edition: string) =>
      find(edition)
        .controls.filter(one => one.automated)
        .map(({ id }) => id)
    const newer = new Set(automated('cis-eks@1.8.0'))
    expect(automated('cis-eks@1.7.0').filter(id => !newer.has(id))).toEqual([
      '4.1.1',
      '4.1.2',
      '4.1.3',
      '4.1.4',
      '4.1.5',
      '4.1.6',
      '4.2.1',
      '4.2.2',
      '4.2.3',
      '4.2.4',
      '4.2.5',
      '4.3.2',
    ])
    for (const id of ['2.1.1', '4.1.7', '5.1.1', '5.2.1', '5.4.1', '5.4.2', '5.4.3', '5.4.4'])
      expect(newer.has(id), id).toBe(true)
  })

  test('GKE 1.8.0 leaves 5.10.4 unused', () => {
    expect(control('cis-gke@1.8.0', '5.10.4')).toBeUndefined()
    expect(control('cis-gke@1.8.0', '5.10.5').requirement).toBe('gke.security-posture')
    expect(control('cis-gke@1.9.0', '5.10.4').requirement).toBe('gke.security-posture')
  })

  test('the guidance of NSA and CISA asks for what it says, not for what tools took it for', () => {
    expect(rulesOf('nsa-cisa@1.0', '1.4')).toEqual(['host-pid'])
    expect(rulesOf('nsa-cisa@1.0', '1.5')).toEqual(['host-network'])
    expect(rulesOf('nsa-cisa@1.0', '1.8')).toEqual(['selinux-options'])
    expect(rulesOf('nsa-cisa@1.0', '1.9')).toEqual(['apparmor-profile'])
    expect(rulesOf('nsa-cisa@1.0', '6.1')).toEqual(['apiserver-encryption-at-rest'])
    expect(rulesOf('nsa-cisa@1.0', '7.1')).toEqual(['apiserver-authorization-rbac'])
  })

  test('old modes of files are those of their edition', () => {
    expect(control('cis-k8s@1.23', '1.1.1').requirement).toBe('file.apiserver-manifest.mode:644')
    expect(control('cis-k8s@1.24', '1.1.1').requirement).toBe('file.apiserver-manifest.mode:600')
  })
})

test('an edition of one distribution names it', () => {
  const named = Object.fromEntries(own.map(edition => [edition.benchmark, edition.distributions]))
  expect(named).toMatchObject({
    'cis-aks': ['aks'],
    'cis-eks': ['eks'],
    'cis-gke': ['gke'],
    'cis-gke-autopilot': ['gke-autopilot'],
    'cis-k3s': ['k3s'],
    'cis-ocp': ['openshift'],
    'cis-rke2': ['rke2'],
    'disa-stig-ocp4': ['openshift'],
  })
  for (const family of ['cis-k8s', 'nsa-cisa', 'owasp-k8s-top-ten', 'mitre-attack-containers'])
    expect(named[family]).toBeUndefined()
})

test('a broad topic has the rules of the requirements that it is made of, each once', () => {
  expect(rulesOf('owasp-k8s-top-ten@2025', 'K01')).toContain('privileged-container')
  expect(rulesOf('mitre-attack-containers@18', 'T1611')).toContain('container-runtime-socket')
  for (const edition of own)
    for (const one of edition.controls) {
      const bindings = one.rules.map(binding => JSON.stringify(binding))
      expect(new Set(bindings).size, `${idOf(edition)} ${one.id}`).toBe(bindings.length)
    }
})
