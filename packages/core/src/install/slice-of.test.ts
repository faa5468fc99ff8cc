import { expect, test } from 'vitest'
import { builtInKinds } from '../kube/api/built-in-kinds.ts'
import { foreignKinds } from '../kube/api/foreign-kinds.ts'
import { sliceIds } from '../model/slice.ts'
import { sliceOf } from './slice-of.ts'

const kinds = [...builtInKinds, ...foreignKinds]

test('every kind of the tables is in one slice', () => {
  for (const entry of kinds) expect(sliceIds).toContain(sliceOf(entry))
})

test('every slice has a kind', () => {
  expect(new Set(kinds.map(sliceOf))).toEqual(new Set(sliceIds))
})

test('Secrets are alone in theirs, and what every agent reads in another', () => {
  const of = (slice: string) => kinds.filter(entry => sliceOf(entry) === slice).map(({ kind }) => kind)
  expect(of('secrets')).toEqual(['Secret'])
  expect(of('cluster').sort()).toEqual(['Namespace', 'Node'])
})

test.each([
  ['', 'Pod', 'workloads'],
  ['batch', 'CronJob', 'workloads'],
  ['apps.openshift.io', 'DeploymentConfig', 'workloads'],
  ['rbac.authorization.k8s.io', 'ClusterRole', 'access'],
  ['route.openshift.io', 'Route', 'network'],
  ['policy.networking.k8s.io', 'AdminNetworkPolicy', 'network'],
  ['kyverno.io', 'Policy', 'admission'],
  ['external-secrets.io', 'ExternalSecret', 'external-secrets'],
  ['config.openshift.io', 'OAuth', 'openshift'],
  ['new.openshift.io', 'NotThereYet', 'openshift'],
])('group "%s" kind %s belongs to %s', (group, kind, slice) => {
  expect(sliceOf({ group, kind })).toBe(slice)
})

test('throws for a kind that no slice has, also where its name is known in another group', () => {
  expect(() => sliceOf({ group: 'example.com', kind: 'Pod' })).toThrow(
    'no slice has the kind Pod of group "example.com"',
  )
  expect(() => sliceOf({ group: '', kind: 'Gadget' })).toThrow('Gadget')
})
