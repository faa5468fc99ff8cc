// Profiles: which rules and controls are on for which clusters, as the house decides it.

import { randomUUID } from 'node:crypto'
import { type Profile, parseProfile, unknownId } from '@plimsoll/core'
import type { Transaction } from 'kysely'
import { allClusters } from '../../store/cluster-rows.ts'
import {
  addProfile,
  allProfiles,
  changeProfile,
  clustersSeen,
  dropProfile,
  endDefault,
  lockProfile,
  type ProfileRow,
  sightOf,
} from '../../store/profiles.ts'
import type { Schema } from '../../store/schema.ts'
import { knownIds } from '../../store/teams.ts'
import { type Actor, recordAudit } from '../access/audit.ts'
import { callersTeams } from '../access/who.ts'
import type { RulePack } from '../assess/ports.ts'
import type { Caller } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { Fault, type FaultPlace } from '../fault.ts'
import { ensureVersion } from '../version.ts'
import type { OnDecided } from './ports.ts'
import {
  givenBy,
  type HoldingProfile,
  holding,
  keptProfiles,
  readKept,
  storedProfileOf,
} from './profile-of.ts'

export interface ProfileDeps extends Deps {
  readonly pack: RulePack
  readonly onDecided: OnDecided
}

/** The part that the engine reads. */
export interface ProfileBody {
  readonly name: string
  readonly rules: Readonly<Record<string, unknown>>
  readonly controls: Readonly<Record<string, unknown>>
}

export interface ProfileValues extends ProfileBody {
  readonly description: string
  readonly isDefault: boolean
  /** Ids. */
  readonly zones: readonly string[]
  readonly clusters: readonly string[]
}

export interface ProfileView extends ProfileValues {
  readonly id: string
  readonly holdsFor: number
  readonly faults: readonly string[]
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly version: number
}

/** The profiles that hold for what the caller sees, and the default; all of them where the caller sees the whole fleet. By name. */
export async function viewProfiles(deps: ProfileDeps, caller: Caller): Promise<ProfileView[]> {
  const [kept, clusters, { zones }] = await Promise.all([
    keptProfiles(deps.db),
    clustersSeen(deps.db, caller.permitted),
    callersTeams(deps, caller),
  ])
  const seesAll = caller.permitted.all
  const ids = new Set(clusters.map(({ cluster_id }) => cluster_id))
  const ownZones = new Set(zones.map(({ id }) => id))
  const holds = new Map<string | undefined, number>()
  for (const cluster of clusters) {
    const { id } = holding(deps.pack, kept, cluster)
    holds.set(id, (holds.get(id) ?? 0) + 1)
  }
  return kept.rows
    .filter(row => seesAll || row.is_default || clusters.some(one => givenBy(row, kept.zones, one)))
    .map(row => ({
      id: row.profile_id,
      description: row.description,
      ...bodyOf(row),
      isDefault: row.is_default,
      zones: row.zones.filter(id => seesAll || ownZones.has(id)),
      clusters: row.clusters.filter(id => seesAll || ids.has(id)),
      holdsFor: holds.get(row.profile_id) ?? 0,
      faults: readKept(deps.pack, row).faults,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      version: row.version,
    }))
}

/** Throws `not-found`. */
export async function viewProfile(deps: ProfileDeps, caller: Caller, id: string): Promise<ProfileView> {
  const view = (await viewProfiles(deps, caller)).find(one => one.id === id)
  if (!view) throw noProfile()
  return view
}

/** The profile that holds for a cluster of which the caller sees a part. Throws `not-found`. */
export async function viewHolding(
  deps: ProfileDeps,
  caller: Caller,
  cluster: string,
): Promise<HoldingProfile> {
  const sight = (await sightOf(deps.db, caller.permitted, [cluster])).get(cluster)
  if (!sight) throw noCluster()
  return await storedProfileOf(deps.pack)(deps.db, sight.row)
}

/** Throws `unprocessable` for what cannot be read or names what is not known, `conflict` where the name is taken, `forbidden`. */
export async function createProfile(
  deps: ProfileDeps,
  caller: Caller,
  values: ProfileValues,
  actor: Actor,
): Promise<string> {
  ensureSeesAll(caller)
  const body = readBody(deps.pack, values)
  const id = randomUUID()
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    const wrong = (await nameTaken(trx, id, values.name)) ?? (await unknownPlaces(trx, values))
    if (wrong) throw wrong
    const before = values.isDefault ? await endDefault(trx, id, at) : undefined
    await addProfile(trx, id, { ...values, body }, at)
    await recordAudit(trx, {
      at,
      actor,
      action: 'profile.created',
      target: { type: 'profile', id },
      detail: { ...values, ...(before !== undefined && { defaultBefore: before }) },
    })
    await deps.onDecided(trx)
  })
  return id
}

/** Sets all of a profile. Throws as `createProfile` does, and `not-found`, `precondition-failed`. */
export async function updateProfile(
  deps: ProfileDeps,
  caller: Caller,
  id: string,
  values: ProfileValues,
  version: number | undefined,
  actor: Actor,
): Promise<void> {
  ensureSeesAll(caller)
  const body = readBody(deps.pack, values)
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    const row = await lockProfile(trx, id)
    if (!row) throw noProfile()
    ensureVersion(version, row.version)
    const wrong = (await nameTaken(trx, id, values.name)) ?? (await unknownPlaces(trx, values))
    if (wrong) throw wrong
    const before = values.isDefault ? await endDefault(trx, id, at) : undefined
    await changeProfile(trx, id, { ...values, body }, at)
    await recordAudit(trx, {
      at,
      actor,
      action: 'profile.changed',
      target: { type: 'profile', id },
      detail: {
        before: detailOf(row),
        after: { ...values },
        ...(before !== undefined && { defaultBefore: before }),
      },
    })
    await deps.onDecided(trx)
  })
}

/** Removes a profile; for what it held for, the next narrowest holds. Throws `not-found`, `precondition-failed`, `forbidden`. */
export async function removeProfile(
  deps: ProfileDeps,
  caller: Caller,
  id: string,
  version: number | undefined,
  actor: Actor,
): Promise<void> {
  ensureSeesAll(caller)
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    const row = await lockProfile(trx, id)
    if (!row) throw noProfile()
    ensureVersion(version, row.version)
    await dropProfile(trx, id)
    await recordAudit(trx, {
      at,
      actor,
      action: 'profile.removed',
      target: { type: 'profile', id },
      detail: detailOf(row),
    })
    await deps.onDecided(trx)
  })
}

/** The profile of what was sent. Throws `unprocessable` with the place of each fault, under `prefix`. */
export function readBody(pack: RulePack, { name, rules, controls }: ProfileBody, prefix = ''): Profile {
  const read = parseProfile({ name, rules, controls }, pack.rules, pack.editions)
  if (read.ok) return read.value
  throw new Fault('unprocessable', 'the profile cannot be read', {
    places: read.problems.map(({ message }) => placeOf(message, { rules, controls }, prefix)),
  })
}

/** Messages begin with the place as a file says it: `rules.<id>.parameters.<name>: …`, where ids may hold dots. */
function placeOf(message: string, sections: Readonly<Record<string, object>>, prefix: string): FaultPlace {
  for (const [section, settings] of Object.entries(sections)) {
    const ids = Object.keys(settings).toSorted((a, b) => b.length - a.length)
    for (const id of ids) {
      const start = `${section}.${id}`
      const rest = message.slice(start.length)
      const own = /^((?:\.\w[\w-]*)*): (.*)$/s.exec(rest)
      if (!message.startsWith(start) || !own) continue
      const [, fields = '', said = message] = own
      const path = [section, id, ...fields.split('.').slice(1)].map(escapePointer).join('/')
      return { path: `${prefix}/${path}`, message: said }
    }
  }
  return { path: prefix, message }
}

const escapePointer = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1')

const bodyOf = ({ name, body }: ProfileRow): ProfileBody => {
  const { rules = {}, controls = {} } = body as Partial<ProfileBody>
  return { name, rules, controls }
}

const detailOf = (row: ProfileRow) => ({
  ...bodyOf(row),
  description: row.description,
  isDefault: row.is_default,
  zones: row.zones,
  clusters: row.clusters,
})

async function nameTaken(trx: Transaction<Schema>, id: string, name: string): Promise<Fault | undefined> {
  const isTaken = (await allProfiles(trx)).some(row => row.name === name && row.profile_id !== id)
  return isTaken
    ? new Fault('conflict', `there is a profile named ${JSON.stringify(name)}`, {
        places: [{ path: '/name', message: 'is taken' }],
      })
    : undefined
}

async function unknownPlaces(
  trx: Transaction<Schema>,
  { zones, clusters }: ProfileValues,
): Promise<Fault | undefined> {
  const knownZones = await knownIds(trx, 'zone', zones)
  const knownClusters =
    clusters.length > 0 ? new Set((await allClusters(trx)).map(row => row.cluster_id)) : new Set<string>()
  const places = [
    ...zones.flatMap((id, at) =>
      knownZones.has(id) ? [] : [{ path: `/zones/${at}`, message: 'no such zone' }],
    ),
    ...clusters.flatMap((id, at) =>
      knownClusters.has(id)
        ? []
        : [{ path: `/clusters/${at}`, message: unknownId('cluster', id, knownClusters) }],
    ),
  ]
  return places.length > 0
    ? new Fault('unprocessable', 'the profile names zones or clusters that are not there', { places })
    : undefined
}

/** A token that was narrowed to a team holds its owner's role for that team only. */
function ensureSeesAll({ permitted }: Caller): void {
  if (!permitted.all)
    throw new Fault('forbidden', 'profiles are decided for the whole fleet, which you do not see')
}

const noProfile = () => new Fault('not-found', 'there is no such profile')
export const noCluster = () => new Fault('not-found', 'there is no such cluster')
