// List kind: lists all objects of one kind, page by page, and says what of it could not be had.

import { type Gap, isRecord, type KindEntry, type Resource, redact, slimResource } from '@plimsoll/core'
import type { ApiClient } from './api-client.ts'
import type { ApiFailure } from './api-failure.ts'
import type { Answer } from './exchange.ts'
import { gapOfFailure, gapOfMissingKind } from './gaps.ts'
import { type ListPage, readListPage } from './list-page.ts'

const pageSize = 500
/** As often is a list begun anew that expired and cannot be read on. */
export const mostRestarts = 3

const json = 'application/json'
/** Secrets are never asked for in any other form: without an alternative the server must refuse rather than send values. */
const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'
const oneMetadataOnly = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1'

export interface KindListing {
  readonly entry: KindEntry
  readonly resources: readonly Resource[]
  readonly gap?: Gap
}

/**
 * Lists a kind under the first of the versions that is there. A list that expires half-way is read on from where it was,
 * where the server offers that: nothing that was there all the time is missed. `onCount` is told the number of objects so far.
 */
export async function listKind(
  client: ApiClient,
  entry: KindEntry,
  versions: readonly string[],
  onCount: (count: number) => void,
): Promise<KindListing> {
  for (const version of versions) {
    const listing = await listVersion(client, entry, version, onCount)
    if (listing !== 'not-found') return listing
  }
  const gap = gapOfMissingKind(entry)
  return { entry, resources: [], ...(gap ? { gap } : {}) }
}

async function listVersion(
  client: ApiClient,
  entry: KindEntry,
  version: string,
  onCount: (count: number) => void,
): Promise<KindListing | 'not-found'> {
  let resources: Resource[] = []
  let token: string | undefined
  for (let restarts = 0; ; ) {
    const answer = await getPage(client, entry, version, token)
    if (answer.ok) {
      const { items, next } = answer.value
      // Not by spread: a page may have more items than a call may have arguments.
      for (const item of items) resources.push(item as Resource)
      onCount(resources.length)
      if (next === undefined) return { entry, resources }
      if (next === token) return { entry, resources, gap: gapOfFailure(entry, repeating, resources.length) }
      token = next
      continue
    }
    const { failure } = answer
    const status = failure.type === 'status' ? failure : undefined
    if (status?.status === 404 && token === undefined) return 'not-found'
    if (status?.status === 410 && restarts < mostRestarts) {
      restarts++
      token = status.continue
      if (token === undefined) resources = []
      continue
    }
    return { entry, resources, gap: gapOfFailure(entry, failure, resources.length) }
  }
}

const repeating: ApiFailure = {
  type: 'malformed',
  message: 'it gives the same page token again and again',
}

async function getPage(
  client: ApiClient,
  entry: KindEntry,
  version: string,
  token: string | undefined,
): Promise<Answer<ListPage>> {
  const own = collectionOf(entry, version)
  return await getListPage(client, own, token, item => redact(own.named(item)))
}

/** Where the objects of a kind are asked for, and in which form they come. */
export interface Collection {
  readonly path: string
  /** What is asked for: lists, and single objects as watches give them. Metadata alone for Secrets. */
  readonly accept: string
  readonly acceptWatch: string
  /** The kind that the list says it is. */
  readonly listKind: string
  /** An item as the object that it is, slimmed. */
  named(item: Record<string, unknown>): Resource
}

export function collectionOf({ group, plural, kind }: KindEntry, version: string): Collection {
  const isSecret = kind === 'Secret' && group === ''
  const apiVersion = group === '' ? version : `${group}/${version}`
  return {
    path: `${group === '' ? '/api' : `/apis/${group}`}/${version}/${plural}`,
    accept: isSecret ? metadataOnly : json,
    acceptWatch: isSecret ? oneMetadataOnly : json,
    listKind: isSecret ? 'PartialObjectMetadataList' : `${kind}List`,
    named: item => {
      const { metadata } = item
      // Items of built-in lists do not say what they are, and metadata-only ones say something else.
      const own = { apiVersion, kind }
      const resource = Object.assign({ ...own }, item, own, { metadata: isRecord(metadata) ? metadata : {} })
      return slimResource(resource)
    },
  }
}

/** One page of a list; `keep` changes each item on its arrival. */
export async function getListPage(
  client: Pick<ApiClient, 'get'>,
  { path, accept, listKind }: Collection,
  token: string | undefined,
  keep: (item: Record<string, unknown>) => Record<string, unknown>,
): Promise<Answer<ListPage>> {
  const query = `limit=${pageSize}${token === undefined ? '' : `&continue=${encodeURIComponent(token)}`}`
  return await client.get(`${path}?${query}`, accept, (chunks, contentType) =>
    readListPage(chunks, contentType, listKind, keep),
  )
}
