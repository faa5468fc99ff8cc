import { describe, expect, it } from 'vitest'
import { container, deployment, pod } from '../../samples/pods.ts'
import { readPodTemplate } from '../pod-template.ts'
import { findAgents, mountsFromNode, toleratesControlPlane } from './known-agents.ts'

const named = (image: string, task: 'logs' | 'detection') =>
  findAgents([deployment({ containers: [container({}), container({ name: 'b', image })] })], task).map(
    ({ name }) => name,
  )

describe('an agent', () => {
  it.each([
    ['cr.fluentbit.io/fluent/fluent-bit:4.0.1', 'Fluent Bit'],
    ['docker.io/timberio/vector:0.47.0-distroless', 'Vector'],
    ['registry.example.com/mirror/grafana/alloy:1', 'Grafana Alloy'],
  ])('collects logs: %s', (image, name) => {
    expect(named(image, 'logs')).toEqual([name])
    expect(named(image, 'detection')).toEqual([])
  })

  it.each([
    ['falcosecurity/falco:0.41', 'Falco'],
    ['quay.io/cilium/tetragon:v1.5', 'Tetragon'],
  ])('watches containers: %s', (image, name) => {
    expect(named(image, 'detection')).toEqual([name])
  })

  it.each(['falcosecurity/falcoctl:1', 'example.com/myvector:1', 'Not An Image'])('is none: %s', image => {
    expect([...named(image, 'logs'), ...named(image, 'detection')]).toEqual([])
  })

  it('is none in an init container that ends', () => {
    const initContainers = [container({ name: 'i', image: 'falcosecurity/falco:1' })]
    expect(findAgents([pod({ initContainers })], 'detection')).toEqual([])
  })
})

it.each([
  ['/var/log', true],
  ['/var/', true],
  ['/', true],
  ['/var/log/pods', false],
  ['/var/lo', false],
])('mounts %s, to see /var/log: %s', (path, expected) => {
  const reading = readPodTemplate(pod({ volumes: [{ name: 'log', hostPath: { path } }] }))
  expect(reading.ok && mountsFromNode(reading.template, '/var/log')).toBe(expected)
})

describe('a toleration of the control plane', () => {
  const key = 'node-role.kubernetes.io/control-plane'
  it.each<[string, object, boolean]>([
    ['of everything', { operator: 'Exists' }, true],
    ['of every taint of that effect', { operator: 'Exists', effect: 'NoSchedule' }, true],
    ['by its key', { key, operator: 'Exists' }, true],
    ['by its old key', { key: 'node-role.kubernetes.io/master', operator: 'Exists' }, true],
    ['by its key and no value', { key }, true],
    ['of another effect', { operator: 'Exists', effect: 'NoExecute' }, false],
    ['of another value', { key, value: 'true' }, false],
    ['of another role', { key: 'node-role.kubernetes.io/infra', operator: 'Exists' }, false],
    ['of no key, which must be equal', {}, false],
  ])('%s', (_, toleration, expected) => {
    const reading = readPodTemplate(pod({ tolerations: [toleration] }))
    expect(reading.ok && toleratesControlPlane(reading.template)).toBe(expected)
  })

  it('is not where nothing is said', () => {
    const reading = readPodTemplate(pod())
    expect(reading.ok && toleratesControlPlane(reading.template)).toBe(false)
  })
})
