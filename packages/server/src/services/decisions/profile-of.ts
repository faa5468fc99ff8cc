// Profile of: which profile holds for a cluster: the narrowest that is given to it, as far as the rules of today know it.

import { defaultProfile, type Profile, parseProfile } from '@plimsoll/core'
import type { ClusterRow } from '../../store/clusters.ts'
import type { ZoneTerm } from '../../store/permitted.ts'
import { allProfiles, type ProfileRow } from '../../store/profiles.ts'
import type { Client } from '../../store/schema.ts'
import { isSeen } from '../../store/seen.ts'
import { allZones } from '../../store/teams.ts'
import type { RulePack } from '../assess/ports.ts'

export interface HoldingProfile {
  readonly profile: Profile
  /** What gave it; `built-in` where nobody set up any. */
  readonly source: 'cluster' | 'zone' | 'default' | 'built-in'
  /** Undefined for the built-in one. */
  readonly id: string | undefined
}

/** The profiles that people keep, and the terms of the zones they name. */
export interface KeptProfiles {
  /** By name. */
  readonly rows: readonly ProfileRow[]
  readonly zones: ReadonlyMap<string, readonly ZoneTerm[]>
}

export async function keptProfiles(db: Client): Promise<KeptProfiles> {
  const rows = await allProfiles(db)
  const isZoned = rows.some(({ zones }) => zones.length > 0)
  const zones = isZoned ? await allZones(db) : []
  return { rows, zones: new Map(zones.map(({ zone_id, terms }) => [zone_id, terms])) }
}

/** Reads which profile holds for a cluster. */
export const storedProfileOf =
  (pack: RulePack) =>
  async (db: Client, cluster: ClusterRow): Promise<HoldingProfile> =>
    holding(pack, await keptProfiles(db), cluster)

/** The profile for the cluster before one for a zone that it lies in, before the default; of two the first by name. */
export function holding(pack: RulePack, kept: KeptProfiles, cluster: ClusterRow): HoldingProfile {
  for (const source of ['cluster', 'zone', 'default'] as const) {
    const row = kept.rows.find(own => givenBy(own, kept.zones, cluster) === source)
    if (row) return { profile: readKept(pack, row).profile, source, id: row.profile_id }
  }
  return { profile: defaultProfile, source: 'built-in', id: undefined }
}

/** By what a profile is given to a cluster, at its narrowest. */
export function givenBy(
  { clusters, zones, is_default }: ProfileRow,
  known: KeptProfiles['zones'],
  cluster: ClusterRow,
): 'cluster' | 'zone' | 'default' | undefined {
  if (clusters.includes(cluster.cluster_id)) return 'cluster'
  if (zones.some(id => coversWhole(known.get(id) ?? [], cluster))) return 'zone'
  return is_default ? 'default' : undefined
}

/** A term that asks for namespaces or labels covers a part of a cluster, and a cluster is judged by one profile. */
const coversWhole = (terms: readonly ZoneTerm[], cluster: ClusterRow) =>
  isSeen(
    {
      all: false,
      terms: terms.filter(({ namespaces, labels }) => namespaces === undefined && labels === undefined),
    },
    {
      cluster: {
        id: cluster.cluster_id,
        account: cluster.account,
        environment: cluster.environment,
        labels: cluster.labels,
      },
      kind: '',
      namespace: '',
      name: '',
      labels: {},
    },
  )

export interface ReadProfile {
  readonly profile: Profile
  readonly faults: readonly string[]
}

/**
 * A profile as it was kept, by the rules of today. A setting that they do not know any more is passed over and told, so that an update
 * of the rules stops no assessment; where only its parameters are not known, the rest of it holds.
 */
export function readKept(pack: RulePack, { name, body }: Pick<ProfileRow, 'name' | 'body'>): ReadProfile {
  const parse = (rules: object, controls: object) =>
    parseProfile({ name, rules, controls }, pack.rules, pack.editions)
  const { rules = {}, controls = {} } = body as { rules?: object; controls?: object }
  const whole = parse(rules, controls)
  if (whole.ok) return { profile: whole.value, faults: [] }
  const kept = { rules: {}, controls: {} }
  for (const [id, setting] of Object.entries(rules)) {
    const { parameters: _, ...rest } = setting as Readonly<Record<string, unknown>>
    const read = [setting, rest].map(own => parse({ [id]: own }, {})).find(({ ok }) => ok)
    if (read?.ok) Object.assign(kept.rules, read.value.rules)
  }
  for (const [id, setting] of Object.entries(controls)) {
    const read = parse({}, { [id]: setting })
    if (read.ok) Object.assign(kept.controls, read.value.controls)
  }
  return { profile: { name, ...kept }, faults: whole.problems.map(({ message }) => message) }
}
