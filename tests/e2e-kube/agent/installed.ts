/** Runs an agent as the kubelet would, from the pod that the chart's Deployment got: its args, its variables, its mounts, its own ServiceAccount token. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ControlPlane } from '../harness/control-plane.ts'
import { AgentProcess } from './agent-process.ts'
import { eventually } from './platform.ts'

interface Volume {
  readonly name: string
  readonly secret?: { readonly secretName: string }
  readonly configMap?: { readonly name: string }
  readonly emptyDir?: object
  readonly projected?: {
    readonly sources: readonly {
      readonly serviceAccountToken?: { readonly path: string; readonly expirationSeconds: number }
      readonly configMap?: { readonly name: string }
      readonly downwardAPI?: { readonly items: readonly { readonly path: string }[] }
    }[]
  }
}

export interface InstalledPod {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly uid: string }
  readonly spec: {
    readonly nodeName?: string
    readonly serviceAccountName: string
    readonly volumes: readonly Volume[]
    readonly containers: readonly {
      readonly args: readonly string[]
      readonly env?: readonly {
        readonly name: string
        readonly value?: string
        readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } }
      }[]
      readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[]
    }[]
  }
}

/** The pod that controllers made of the Deployment, once it is bound to a node. */
export async function podOf(plane: ControlPlane, namespace: string, name: string): Promise<InstalledPod> {
  const selector = encodeURIComponent(`app.kubernetes.io/name=${name}`)
  const path = `/api/v1/namespaces/${namespace}/pods?labelSelector=${selector}`
  return await eventually(`a pod of ${name} on a node`, async () => {
    const { items } = (await plane.call('GET', path)) as { items: InstalledPod[] }
    return items.find(({ spec }) => spec.nodeName !== undefined)
  })
}

/** Starts the pod's only container as a process. The API server stands at its address on this machine. */
export async function runPod(plane: ControlPlane, pod: InstalledPod): Promise<AgentProcess> {
  const [container] = pod.spec.containers
  if (!container) throw new Error('the pod has no container')
  const folder = mkdtempSync(join(plane.folder, 'pod-'))
  const mounts: Record<string, string> = {}
  for (const { name, mountPath } of container.volumeMounts) {
    const volume = pod.spec.volumes.find(one => one.name === name)
    if (!volume) throw new Error(`the pod has no volume ${name}`)
    mounts[mountPath] = join(folder, name)
    await fill(plane, pod, volume, join(folder, name))
  }
  const { hostname, port } = new URL(plane.url)
  const listen = container.args.find(arg => arg.startsWith('--listen='))
  return AgentProcess.launch({
    args: container.args,
    before: ['--import', new URL('./mounts.mjs', import.meta.url).href],
    environment: {
      ...Object.fromEntries((container.env ?? []).map(one => [one.name, variableOf(pod, one)])),
      KUBERNETES_SERVICE_HOST: hostname,
      KUBERNETES_SERVICE_PORT: port,
      MOUNTS: JSON.stringify(mounts),
    },
    folder,
    spool: mounts['/var/lib/plimsoll/spool'] ?? '',
    tokenFile: join(mounts['/etc/plimsoll/token'] ?? '', 'token'),
    port: Number(listen?.split(':').at(-1)),
  })
}

function variableOf(
  pod: InstalledPod,
  {
    name,
    value,
    valueFrom,
  }: { name: string; value?: string; valueFrom?: { fieldRef?: { fieldPath: string } } },
): string {
  if (value !== undefined) return value
  let found: unknown = pod
  for (const part of valueFrom?.fieldRef?.fieldPath.split('.') ?? [])
    found = (found as Record<string, unknown>)[part]
  if (typeof found !== 'string') throw new Error(`the variable ${name} cannot be told`)
  return found
}

async function fill(plane: ControlPlane, pod: InstalledPod, volume: Volume, folder: string): Promise<void> {
  mkdirSync(folder)
  const write = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content)
  const core = `/api/v1/namespaces/${pod.metadata.namespace}`
  const writeConfig = async (name: string) => {
    const { data } = (await plane.call('GET', `${core}/configmaps/${name}`)) as {
      data: Record<string, string>
    }
    for (const [key, text] of Object.entries(data)) write(key, text)
  }
  if (volume.secret) {
    const { data } = (await plane.call('GET', `${core}/secrets/${volume.secret.secretName}`)) as {
      data: Record<string, string>
    }
    for (const [key, text] of Object.entries(data)) write(key, Buffer.from(text, 'base64'))
  } else if (volume.configMap) await writeConfig(volume.configMap.name)
  else if (volume.projected)
    for (const { serviceAccountToken, configMap, downwardAPI } of volume.projected.sources) {
      if (serviceAccountToken)
        write(serviceAccountToken.path, await tokenOf(plane, pod, serviceAccountToken.expirationSeconds))
      if (configMap) await writeConfig(configMap.name)
      for (const { path } of downwardAPI?.items ?? []) write(path, pod.metadata.namespace)
    }
  else if (!volume.emptyDir) throw new Error(`the volume ${volume.name} is of a kind that is not known here`)
}

/** A token of the pod's ServiceAccount that is bound to the pod, as the kubelet asks for one. */
async function tokenOf(
  plane: ControlPlane,
  { metadata: { name, namespace, uid }, spec: { serviceAccountName } }: InstalledPod,
  expirationSeconds: number,
): Promise<string> {
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccountName}/token`
  const boundObjectRef = { apiVersion: 'v1', kind: 'Pod', name, uid }
  const body = { spec: { expirationSeconds, boundObjectRef } }
  return ((await plane.call('POST', path, { body })) as { status: { token: string } }).status.token
}
