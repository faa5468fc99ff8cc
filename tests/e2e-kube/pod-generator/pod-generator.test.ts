/** The generator gives the same pods for the same numbers, and leaves out nothing that it promises. */
import { expect, test } from 'vitest'
import { generatePod } from './pod.ts'
import { VOLUME_TYPES } from './volumes.ts'

const PODS = Array.from({ length: 2_000 }, (_, index) => generatePod(1, index))

test('a pod is known by its numbers', () => {
  expect(generatePod(1, 77)).toEqual(PODS[77])
  expect(generatePod(1, 78)).not.toEqual(PODS[77])
  expect(generatePod(2, 77)).not.toEqual(PODS[77])
})

/** Every field that a check reads (`*` is any key or item), each to be found with values, with `null` and left out. */
const FIELDS = [
  'spec.hostNetwork',
  'spec.hostPID',
  'spec.hostIPC',
  'spec.hostUsers',
  ...['', 'containers.*.', 'initContainers.*.'].flatMap(place =>
    [
      'securityContext',
      'securityContext.runAsNonRoot',
      'securityContext.runAsUser',
      'securityContext.seLinuxOptions',
      'securityContext.seccompProfile',
      'securityContext.appArmorProfile',
      'securityContext.windowsOptions',
      'securityContext.windowsOptions.hostProcess',
    ].map(field => `spec.${place}${field}`),
  ),
  ...['containers.*.', 'initContainers.*.'].flatMap(place =>
    [
      'securityContext.privileged',
      'securityContext.allowPrivilegeEscalation',
      'securityContext.procMount',
      'securityContext.capabilities',
      'securityContext.capabilities.add',
      'securityContext.capabilities.drop',
      'ports',
      'ports.*.hostPort',
      'livenessProbe',
      'livenessProbe.httpGet.host',
      'livenessProbe.tcpSocket.host',
      'readinessProbe.httpGet.host',
      'readinessProbe.tcpSocket.host',
      'startupProbe.httpGet.host',
      'startupProbe.tcpSocket.host',
      'lifecycle.postStart.httpGet.host',
      'lifecycle.postStart.tcpSocket.host',
      'lifecycle.preStop.httpGet.host',
      'lifecycle.preStop.tcpSocket.host',
    ].map(field => `spec.${place}${field}`),
  ),
]

test.each(FIELDS)('%s is there, is null, is left out', field => {
  const seen = new Set(PODS.flatMap(({ pod }) => [...valuesAt(pod, field.split('.'))].map(stateOf)))
  expect([...seen].sort()).toEqual(['absent', 'null', 'value'])
})

test('volumes are of every type', () => {
  const used = PODS.flatMap(({ pod }) => [...valuesAt(pod, ['spec', 'volumes', '*'])])
  const types = new Set(used.flatMap(volume => Object.keys(volume ?? {})))
  expect(VOLUME_TYPES.filter(type => !types.has(type))).toEqual([])
})

test('containers are of every kind, and their names differ within a pod', () => {
  for (const { pod, ephemeralContainers } of PODS) {
    const all = [pod.spec.initContainers ?? [], pod.spec.containers, ephemeralContainers].flat()
    const names = all.map(each => (each as { name: string }).name)
    expect(new Set(names).size).toBe(names.length)
  }
  const policies = new Set(
    PODS.flatMap(({ pod }) => [...valuesAt(pod, ['spec', 'initContainers', '*', 'restartPolicy'])]),
  )
  expect(policies).toEqual(new Set([undefined, 'Always']))
})

function stateOf(value: unknown): 'absent' | 'null' | 'value' {
  if (value === undefined) return 'absent'
  return value === null ? 'null' : 'value'
}

/** Values at the path; one of them is undefined where the last step finds its parent but no such field. */
function* valuesAt(value: unknown, path: readonly string[]): Generator {
  const [step, ...rest] = path
  if (step === undefined) yield value
  else if (step === '*') for (const item of Array.isArray(value) ? value : []) yield* valuesAt(item, rest)
  else if (typeof value === 'object' && value !== null)
    yield* valuesAt((value as Record<string, unknown>)[step], rest)
}
