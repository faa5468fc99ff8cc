// Collection: collects from a fake API server, with time that passes at once.

import { onTestFinished } from 'vitest'
import type { World } from '../../collector.ts'
import { scratchFolder } from '../../testing/scratch-folder.ts'
import type { ClusterCollection, ClusterRequest } from '../cluster-request.ts'
import { collectCluster } from '../collect-cluster.ts'
import { type FakeServer, type FakeServerOptions, startFakeServer } from './fake-api-server.ts'
import { kubeconfig } from './kubeconfig-file.ts'

/** A world whose waits end at once and are written down. */
export function quickWorld(): World & { readonly waits: number[] } {
  const waits: number[] = []
  return {
    waits,
    now: () => new Date('2026-01-02T03:04:05Z'),
    random: () => 0.5,
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted()
      waits.push(milliseconds)
    },
  }
}

export const collector = { name: 'plimsoll', version: '0.0.0' }

/** A request for the server at a URL. */
export function requestFor(
  cluster: object,
  kinds: readonly string[],
  more: Partial<ClusterRequest> & { readonly user?: object } = {},
): ClusterRequest {
  const folder = scratchFolder()
  const { user, ...rest } = more
  return {
    kubeconfig: folder.write('config', kubeconfig(cluster, user)),
    kinds,
    secretsAllowed: true,
    environment: {},
    world: quickWorld(),
    collector,
    ...rest,
  }
}

/** Starts a server, which ends with the test. */
export async function fakeServer(options: FakeServerOptions): Promise<FakeServer> {
  const server = await startFakeServer(options)
  onTestFinished(() => server.close())
  return server
}

/** Collects kinds from a server of this kind; fails where the collection is refused. */
export async function collectFrom(
  options: FakeServerOptions,
  kinds: readonly string[],
  more: Partial<ClusterRequest> & { readonly user?: object } = {},
): Promise<ClusterCollection & { readonly server: FakeServer }> {
  const server = await fakeServer(options)
  const result = await collectCluster(requestFor({ server: server.url }, kinds, more))
  if (!result.ok) throw new Error(result.problems.map(problem => problem.message).join('\n'))
  return { ...result.value, server }
}

export const pod = (name: string, fields: object = {}): object => ({
  metadata: { name, namespace: 'shop', uid: `uid-${name}`, managedFields: [{ manager: 'kubelet' }] },
  spec: { containers: [{ name: 'web', image: 'web:1' }] },
  ...fields,
})

export const pods = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => pod(`web-${String(index).padStart(5, '0')}`))
