// Collect cluster: makes a snapshot of a live cluster, of the kinds that were asked for, with GET requests alone.

import {
  entriesOf,
  type Gap,
  isRecord,
  type KindEntry,
  type Resource,
  type SourcedResource,
  succeed,
} from '@plimsoll/core'
import { mapPool } from '../pool.ts'
import type { ApiClient } from './api-client.ts'
import { describeFailure } from './api-failure.ts'
import type { ClusterCollection, ClusterRequest, CollectCluster } from './cluster-request.ts'
import { type Discovery, discover } from './discovery.ts'
import { gapOfMissingKind } from './gaps.ts'
import { platformOf, substituteId } from './identity.ts'
import { type KindListing, listKind } from './list-kind.ts'
import { reach } from './reach.ts'
import { readObject } from './read-object.ts'

/** Lists under way at a time: enough to keep busy, few enough for any server's fairness. */
const listsAtOnce = 4

/**
 * Lists a cluster with GET requests only. Refuses, with codes `invalid-kubeconfig`, `cluster-auth` or
 * `cluster-unreachable`, where nothing could be listed at all; whatever else is missing is a gap.
 */
export const collectCluster: CollectCluster = async request => {
  const reached = await reach(request)
  if (!reached.ok) return reached
  const { client, gitVersion } = reached.value
  try {
    return succeed(await collect(request, client, gitVersion))
  } finally {
    client.close()
  }
}

async function collect(
  request: ClusterRequest,
  client: ApiClient,
  gitVersion: string | undefined,
): Promise<ClusterCollection> {
  const { target } = client
  const uid = await kubeSystemUid(client)
  const discovery = await discover(client)
  const { entries, unknown } = entriesOf(request.kinds)
  const listings = await mapPool(entries, listsAtOnce, entry => list(request, client, discovery, entry))
  const listed = (kind: string) => listings.find(listing => listing.entry.kind === kind)?.resources

  const nodes = listed('Node') ?? (await firstNode(client))
  const id = 'uid' in uid ? uid.uid : uidAmong(listed('Namespace') ?? [])
  const server = target.server.href.replace(/\/$/, '')
  const platform = platformOf({
    gitVersion: gitVersion ?? '',
    nodes,
    groups: discovery.groups,
    host: target.server.hostname,
  })
  const gaps: Gap[] = []
  if (gitVersion === undefined) gaps.push(unknownVersion)
  if (id === undefined) gaps.push(unknownIdentity('detail' in uid ? uid.detail : ''))
  gaps.push(...listings.flatMap(({ gap }) => gap ?? []), ...unknown.map(gapOfUnknownKind))
  const source = { file: server, document: 0 }
  return {
    snapshot: {
      scope: {
        type: 'cluster',
        id: id ?? substituteId(target),
        name: `${target.context} (${server})`,
        ...(gitVersion === undefined ? {} : { kubernetesVersion: gitVersion.replace(/^v/, '') }),
        ...platform,
      },
      collector: request.collector,
      takenAt: request.world.now().toISOString(),
      resources: listings.flatMap(({ resources }) =>
        resources.map((resource): SourcedResource => ({ resource, source })),
      ),
      gaps,
    },
    cost: client.cost,
  }
}

async function list(
  request: ClusterRequest,
  client: ApiClient,
  discovery: Discovery,
  entry: KindEntry,
): Promise<KindListing> {
  if (entry.kind === 'Secret' && !request.secretsAllowed) return { entry, resources: [], gap: secretsLeftOut }
  const serving = await discovery.servingOf(entry)
  if (serving === 'not-served') {
    const gap = gapOfMissingKind(entry)
    return { entry, resources: [], ...(gap ? { gap } : {}) }
  }
  // Where the server does not tell its versions, they are tried one by one.
  const versions = serving === 'unknown' ? entry.versions : [serving.version]
  return await listKind(client, entry, versions, count =>
    request.progress?.({ phase: 'listing', what: entry.plural, done: count }),
  )
}

export const secretsLeftOut: Gap = {
  scope: 'cluster',
  kind: 'Secret',
  reason: 'not-collected',
  detail: 'secrets were not listed: reading them, even as metadata only, is switched off',
}

const gapOfUnknownKind = (kind: string): Gap => ({
  scope: 'cluster',
  kind,
  reason: 'not-collected',
  detail: `${kind} is not among what the API of a cluster gives to this collector`,
})

export const unknownVersion: Gap = {
  scope: 'cluster',
  kind: 'Version',
  reason: 'forbidden',
  detail:
    'the version of the server may not be read: grant get on the path /version (ClusterRole system:public-info-viewer), or name it with --kubernetes-version; rules that depend on it cannot be evaluated',
}

const unknownIdentity = (detail: string): Gap => ({
  scope: 'cluster',
  kind: 'Namespace',
  namespace: 'kube-system',
  reason: 'forbidden',
  detail: `the UID of the namespace kube-system, which identifies the cluster, cannot be read (${detail}): grant verb get on namespaces named kube-system; the address of the server was taken instead`,
})

export async function kubeSystemUid(
  client: Pick<ApiClient, 'get'>,
): Promise<{ readonly uid: string } | { readonly detail: string }> {
  const answer = await client.get(
    '/api/v1/namespaces/kube-system',
    'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json',
    readObject,
  )
  if (!answer.ok) return { detail: describeFailure(answer.failure) }
  const { metadata } = answer.value
  return isRecord(metadata) && typeof metadata.uid === 'string'
    ? { uid: metadata.uid }
    : { detail: 'it has none' }
}

const uidAmong = (namespaces: readonly Resource[]): string | undefined =>
  namespaces.find(({ metadata }) => metadata.name === 'kube-system')?.metadata.uid

/** One node, as a hint at the platform. Where it may not be read, the hint is missing and nothing else. */
async function firstNode(client: ApiClient): Promise<readonly Resource[]> {
  const answer = await client.get('/api/v1/nodes?limit=1', 'application/json', readObject)
  const items = answer.ok && Array.isArray(answer.value.items) ? answer.value.items : []
  return items.filter(item => isRecord(item) && isRecord(item.metadata)) as Resource[]
}
