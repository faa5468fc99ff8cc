// Discovery: finds out under which version the API server serves each kind.

import { isRecord, type KindEntry } from '@plimsoll/core'
import { type ApiFailure, BodyError } from './api-failure.ts'
import type { Answer, BodyReader } from './exchange.ts'
import { readObject } from './read-object.ts'

/** How a kind is served: under this version, not at all, or unknown since the server would not say. */
type Serving = { readonly version: string } | 'not-served' | 'unknown'

export interface Discovery {
  /** Names of all groups served; empty where the server would not say. */
  readonly groups: ReadonlySet<string>
  /** By which the server tells whether anything changed since; undefined where it does not. */
  readonly mark?: string | undefined
  servingOf(entry: KindEntry): Promise<Serving>
}

/** Both forms of aggregated discovery, then the plain one. Source: Kubernetes API concepts, "Aggregated discovery". */
const accept = ['v2', 'v2beta1']
  .map(version => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .concat('application/json')
  .join(',')

/** Groups and what each of their versions serves: plural names, or undefined where that was not told. */
type Groups = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string> | undefined>>

/** Whoever asks for discovery. `known` is the mark of an answer that need not be sent again: a failure with status 304 says so. */
export interface DiscoveryClient {
  get<T>(path: string, accept: string, read: BodyReader<T>, known?: string): Promise<Answer<T>>
}

/**
 * Asks the server for its groups: one request where it has aggregated discovery, else one more for each group and version
 * that is wanted. What cannot be had is unknown, never "not served". Gives `before` where nothing changed since.
 */
export async function discover(client: DiscoveryClient, before?: Discovery): Promise<Discovery> {
  let mark: string | undefined
  const read: BodyReader<Groups> = async (chunks, contentType, tag) => {
    mark = tag
    return await readGroups(chunks, contentType)
  }
  const answer = await client.get('/apis', accept, read, before?.mark)
  if (before && !answer.ok && answer.failure.type === 'status' && answer.failure.status === 304) return before
  const groups = answer.ok ? answer.value : undefined
  const resources = new Map<string, Promise<ReadonlySet<string> | ApiFailure>>()

  const resourcesOf = async (group: string, version: string): Promise<ReadonlySet<string> | undefined> => {
    const known = groups?.get(group)?.get(version)
    if (known) return known
    const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
    let asked = resources.get(path)
    if (!asked) {
      asked = client
        .get(path, 'application/json', readResources)
        .then(reply => (reply.ok ? reply.value : reply.failure))
      resources.set(path, asked)
    }
    const found = await asked
    return found instanceof Set ? found : undefined
  }

  return {
    groups: new Set(groups?.keys()),
    mark,
    async servingOf(entry) {
      // The core group has had one version since ever; asking would tell nothing new.
      if (entry.group === '') return { version: 'v1' }
      if (!groups) return 'unknown'
      const served = groups.get(entry.group)
      if (!served) return 'not-served'
      for (const version of entry.versions) {
        if (!served.has(version)) continue
        const plurals = await resourcesOf(entry.group, version)
        if (plurals === undefined) return 'unknown'
        if (plurals.has(entry.plural)) return { version }
      }
      return 'not-served'
    },
  }
}

const readGroups: BodyReader<Groups> = async (chunks, contentType) => {
  const answer = await readObject(chunks, contentType)
  if (answer.kind === 'APIGroupDiscoveryList') return aggregatedGroups(answer)
  if (answer.kind === 'APIGroupList') return plainGroups(answer)
  throw new BodyError('malformed', 'the answer is no list of API groups')
}

const readResources: BodyReader<ReadonlySet<string>> = async (chunks, contentType) =>
  new Set(records((await readObject(chunks, contentType)).resources).map(({ name }) => String(name)))

const records = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : []

function aggregatedGroups(answer: Record<string, unknown>): Groups {
  return new Map(
    records(answer.items).map(item => {
      const { name } = isRecord(item.metadata) ? item.metadata : {}
      const versions = records(item.versions).map(({ version, resources, freshness }) => {
        // Of a group whose own server is out of reach, the list is an old one.
        const told =
          freshness === 'Stale' ? undefined : records(resources).map(({ resource }) => String(resource))
        return [String(version), told && new Set(told)] as const
      })
      return [String(name), new Map(versions)] as const
    }),
  )
}

function plainGroups(answer: Record<string, unknown>): Groups {
  return new Map(
    records(answer.groups).map(({ name, versions }) => [
      String(name),
      new Map(records(versions).map(({ version }) => [String(version), undefined] as const)),
    ]),
  )
}
