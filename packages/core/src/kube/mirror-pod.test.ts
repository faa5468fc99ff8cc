import { describe, expect, it } from 'vitest'
import { object } from '../samples/objects.ts'
import { isMirrorPod } from './mirror-pod.ts'

const annotations = { 'kubernetes.io/config.mirror': '7d1f' }
const ofNode = [{ apiVersion: 'v1', kind: 'Node', name: 'control-1', controller: true }]
const ofSet = [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-5d8', controller: true }]

describe('a mirror pod', () => {
  it.each([
    ['owned by its node and marked', object('v1', 'Pod', { annotations, ownerReferences: ofNode }), true],
    ['marked alone: anybody can write that', object('v1', 'Pod', { annotations }), false],
    ['owned by a node alone', object('v1', 'Pod', { ownerReferences: ofNode }), false],
    ['of a ReplicaSet', object('v1', 'Pod', { annotations, ownerReferences: ofSet }), false],
    ['of another kind', object('apps/v1', 'Deployment', { annotations, ownerReferences: ofNode }), false],
    ['of a foreign group', object('example.com/v1', 'Pod', { annotations, ownerReferences: ofNode }), false],
  ])('%s: %s', (_, resource, expected) => {
    expect(isMirrorPod(resource)).toBe(expected)
  })
})
