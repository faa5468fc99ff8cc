// The table of requirements holds each once, in words of the house, and files by what their keys say.

import { describe, expect, test } from 'vitest'
import { access } from './access.ts'
import { apiServer } from './api-server.ts'
import { cloud } from './cloud.ts'
import { controlPlane } from './control-plane.ts'
import { fileRequirement, isFileKey } from './files.ts'
import { kubelet } from './kubelet.ts'
import { network } from './network.ts'
import { operations } from './operations.ts'
import { partOf, type RequirementKey, requirementOf, requirements } from './table.ts'
import { workloads } from './workloads.ts'

const tables = [apiServer, controlPlane, kubelet, access, workloads, network, cloud, operations]

test('no key stands in two tables', () => {
  const keys = tables.flatMap(table => Object.keys(table))
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  expect(Object.keys(requirements)).toHaveLength(keys.length)
})

test.each(Object.entries(requirements))('%s is written as the house writes', (key, requirement) => {
  expect(key).toMatch(/^[a-z-]+(\.[A-Za-z0-9-]+)+(:[a-z]+)?$/)
  expect(requirement.title).toMatch(/^(etcd|kube-proxy|cluster-admin|systemd|[A-Z]).*[^.!?]$/)
  expect(requirement.title.length).toBeLessThan(100)
  expect(requirement.remediation).toMatch(/^[A-Z].*\.$/)
})

test('no two have one title', () => {
  const titles = Object.values(requirements).map(({ title }) => title)
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([])
})

describe('a requirement on a file', () => {
  test('says who may do what to it', () => {
    expect(requirementOf('file.admin-kubeconfig.mode:600')).toEqual({
      title: 'The kubeconfig of the cluster’s administrator can be read and changed by its owner alone',
      severity: 'high',
      remediation: 'Run chmod 600 on it, or take away more still.',
    })
    expect(fileRequirement('file.kubelet-config.mode:644').title).toBe(
      'The configuration file of the kubelet can be changed by its owner alone',
    )
    expect(requirementOf('file.etcd-data-dir.owner:etcd')).toMatchObject({
      title: 'The data directory of etcd belongs to the user etcd',
      remediation: 'Run chown etcd:etcd on it.',
    })
  })

  test.each([
    'file.nothing.mode:600',
    'file.pki.mode:777',
    'file.pki.owner:nobody',
    'file.pki.size:1',
    'file.pki.mode',
    'file.toString.mode:600',
    'file.pki.owner:constructor',
    'kubelet.tls-cert',
  ])('is none at %s', key => {
    expect(isFileKey(key)).toBe(false)
  })
})

test.each<[RequirementKey, ReturnType<typeof partOf>]>([
  ['apiserver.profiling', 'control-plane'],
  ['controller-manager.profiling', 'control-plane'],
  ['scheduler.profiling', 'control-plane'],
  ['etcd.tls', 'control-plane'],
  ['audit.policy-set', 'control-plane'],
  ['file.pki.owner:root', 'control-plane'],
  ['file.kubelet-config.owner:root', 'node'],
  ['kubelet.tls-cert', 'node'],
  ['node.sshd-stopped', 'node'],
  ['kube-proxy.metrics-bind', undefined],
  ['audit.log-shipping', undefined],
  ['pod.privileged', undefined],
])('%s speaks of %s', (key, part) => {
  expect(partOf(key)).toBe(part)
})
