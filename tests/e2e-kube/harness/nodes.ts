/** Stands in for machines: nodes that the scheduler binds pods to, and the deeds of their kubelets without which nothing goes on. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ControlPlane } from './control-plane.ts'

const merge = 'application/merge-patch+json'

export interface NodeLooks {
  readonly name: string
  readonly labels?: Readonly<Record<string, string>>
  readonly providerID?: string
  readonly osImage?: string
}

/** A node that is ready and has room for 250 pods. */
export async function makeNode(
  plane: ControlPlane,
  { name, labels = {}, providerID, osImage = 'Debian GNU/Linux 13' }: NodeLooks,
): Promise<void> {
  await plane.call('POST', '/api/v1/nodes', { body: { metadata: { name, labels }, spec: { providerID } } })
  const status = {
    conditions: [{ type: 'Ready', status: 'True' }],
    allocatable: { cpu: '64', memory: '256Gi', 'ephemeral-storage': '200Gi', pods: '250' },
    nodeInfo: {
      osImage,
      kubeletVersion: 'v1.34.4',
      kernelVersion: '6.12.0',
      containerRuntimeVersion: 'containerd://2.1.4',
      operatingSystem: 'linux',
      architecture: 'amd64',
      machineID: '',
      systemUUID: '',
      bootID: '',
      kubeProxyVersion: '',
    },
  }
  await plane.call('PATCH', `/api/v1/nodes/${name}/status`, { body: { status }, contentType: merge })
}

interface Pod {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string }
  readonly spec: {
    readonly nodeName?: string
    readonly containers: readonly { name: string; image: string }[]
  }
  readonly status: { readonly phase?: string }
}

/**
 * Does for the pods of some namespaces what kubelets do: those that are bound run and are ready, those that are to go are gone. Ends with the
 * signal. `onGoing` comes before a pod goes.
 */
export async function playKubelet(
  plane: ControlPlane,
  namespaces: readonly string[],
  signal: AbortSignal,
  onGoing: (pod: string) => Promise<void> = async () => {},
): Promise<void> {
  while (!signal.aborted) {
    for (const namespace of namespaces) {
      const path = `/api/v1/namespaces/${namespace}/pods`
      const answer = await plane.request('GET', path).catch(() => undefined)
      if (answer?.status !== 200) continue
      for (const { metadata, spec, status } of (answer.json() as { items: Pod[] }).items) {
        const own = `${path}/${metadata.name}`
        if (metadata.deletionTimestamp !== undefined) {
          await onGoing(metadata.name)
          await plane.request('DELETE', `${own}?gracePeriodSeconds=0`)
        } else if (spec.nodeName !== undefined && status.phase === 'Pending')
          await plane.request('PATCH', `${own}/status`, {
            body: running(spec.containers),
            contentType: merge,
          })
      }
    }
    await sleep(250, undefined, { signal }).catch(() => {})
  }
}

function running(containers: Pod['spec']['containers']): object {
  const startedAt = new Date().toISOString()
  return {
    status: {
      phase: 'Running',
      conditions: ['Ready', 'ContainersReady', 'Initialized'].map(type => ({ type, status: 'True' })),
      containerStatuses: containers.map(({ name, image }) => ({
        name,
        image,
        imageID: `${image.replace(/:[^:]*$/, '')}@sha256:${'a'.repeat(64)}`,
        ready: true,
        restartCount: 0,
        started: true,
        state: { running: { startedAt } },
      })),
    },
  }
}
