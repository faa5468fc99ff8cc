import type { Resource } from '@plimsoll/core'
import { describe, expect, test } from 'vitest'
import { quiet } from './quiet-object.ts'

const object = (kind: string, status: unknown, more: object = {}): Resource =>
  ({
    apiVersion: 'v1',
    kind,
    metadata: { name: 'a', namespace: 'shop', resourceVersion: '7', generation: 3, uid: 'u', ...more },
    status,
  }) as unknown as Resource

describe('quiet', () => {
  test('takes away version numbers and notes of controllers, and keeps all else', () => {
    const annotations = { 'control-plane.alpha.kubernetes.io/leader': '{}', 'example.com/owner': 'shop' }
    expect(quiet(object('Service', { loadBalancer: {} }, { annotations }))).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: 'a',
        namespace: 'shop',
        generation: 3,
        uid: 'u',
        annotations: { 'example.com/owner': 'shop' },
      },
      status: { loadBalancer: {} },
    })
  })

  test('of a pod keeps what runs, in one order, and not how often it was started', () => {
    const container = (name: string, restartCount: number) => ({
      name,
      image: `${name}:1`,
      imageID: `sha256:${name}`,
      ready: restartCount > 0,
      restartCount,
      state: { running: { startedAt: 'now' } },
    })
    const one = quiet(
      object('Pod', {
        phase: 'Running',
        conditions: [{}],
        containerStatuses: [container('b', 1), container('a', 0)],
      }),
    )
    const other = quiet(
      object('Pod', {
        phase: 'Running',
        conditions: [],
        containerStatuses: [container('a', 9), container('b', 0)],
      }),
    )
    expect(one).toEqual(other)
    expect(one.status).toEqual({
      phase: 'Running',
      containerStatuses: [
        { name: 'a', image: 'a:1', imageID: 'sha256:a' },
        { name: 'b', image: 'b:1', imageID: 'sha256:b' },
      ],
    })
  })

  test('of a node keeps what rules read, and not its heartbeats', () => {
    const status = {
      addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
      nodeInfo: { kubeletVersion: 'v1.34.4', osImage: 'Talos (v1.9)' },
      conditions: [{ type: 'Ready', lastHeartbeatTime: 'now' }],
      images: [{ names: ['a'] }],
    }
    const { conditions: _c, images: _i, ...kept } = status
    expect(quiet(object('Node', status)).status).toEqual(kept)
  })

  test.each(['Deployment', 'ReplicaSet', 'Job', 'HorizontalPodAutoscaler'])(
    'of a %s keeps no status',
    kind => {
      expect(quiet(object(kind, { replicas: 3 }))).not.toHaveProperty('status')
    },
  )

  test('of a DaemonSet keeps what a rule asks', () => {
    const status = { desiredNumberScheduled: 0, numberReady: 0 }
    expect(quiet(object('DaemonSet', status)).status).toEqual({ desiredNumberScheduled: 0 })
  })

  test('keeps the status of kinds that it does not know, and of any form', () => {
    expect(quiet(object('ClusterVersion', { history: [1] })).status).toEqual({ history: [1] })
    expect(quiet(object('Pod', 'odd')).status).toBe('odd')
  })
})
