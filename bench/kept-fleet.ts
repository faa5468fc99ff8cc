// Kept fleet: the database of a large fleet that benches read, made once and kept in a folder outside the tree.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { editions, rules } from '@plimsoll/core/catalogue'
import { type Embedded, startEmbedded } from '../packages/server/src/database/embedded.ts'
import { migrate } from '../packages/server/src/database/migrate.ts'
import { serverIdentity } from '../packages/server/src/database/postgres-process.ts'
import { hashPassword } from '../packages/server/src/services/access/passwords.ts'
import { connect } from '../packages/server/src/store/connect.ts'
import { migrations } from '../packages/server/src/store/migrations/all.ts'
import { addPerson } from '../packages/server/src/store/people.ts'
import { type FleetSize, fillFleet } from './fleet.ts'

/** Raise it when the fleet is filled otherwise: old ones are then made anew. */
const version = 1
/** Days after which one is made anew: what happened lately would be too long ago. */
const longest = 7
const day = 86_400_000

/** 500 clusters with a million findings, where `BENCH_CLUSTERS` and `BENCH_FINDINGS_EACH` say nothing else. */
export const fleetSize: FleetSize = {
  clusters: Number(process.env.BENCH_CLUSTERS ?? 500),
  findingsEach: Number(process.env.BENCH_FINDINGS_EACH ?? 2000),
  assetsEach: 600,
  days: 30,
}

/** Who may sign in to a server of the fleet; an admin. */
export const visitor = { login: 'bench', password: 'a long list in a short time' }

export interface KeptFleet {
  readonly database: Embedded
  /** The instant at which the fleet stands. */
  readonly now: Date
}

/** Starts the database of the fleet with the settings of the product; makes it, in a minute or two, where it is not kept yet. */
export async function openFleet(size: FleetSize): Promise<KeptFleet> {
  const schema = createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 8)
  const name = `fleet-${size.clusters}-${size.findingsEach}`
  const folder = join(home(), `${name}-v${version}-${schema}`)
  const stamp = `${folder}.made`
  const made = existsSync(stamp) ? new Date(readFileSync(stamp, 'utf8')) : undefined
  if (made && existsSync(folder) && Date.now() - made.getTime() < longest * day)
    return { database: await startEmbedded({ folder }), now: made }
  const now = new Date()
  const unfinished = `${folder}.unfinished`
  mkdirSync(home(), { recursive: true })
  // Also those of other schemas: each takes some gigabytes.
  for (const old of readdirSync(home()).filter(one => one.startsWith(`${name}-v`)))
    rmSync(join(home(), old), { recursive: true, force: true })
  const database = await startEmbedded({ folder: unfinished })
  try {
    await fill(database.url, size, now)
  } finally {
    await database.stop()
  }
  renameSync(unfinished, folder)
  writeFileSync(stamp, now.toISOString())
  return { database: await startEmbedded({ folder }), now }
}

/** As root the database runs as another user, who cannot pass through root's home. */
function home(): string {
  const cache = process.env.XDG_CACHE_HOME ?? (serverIdentity() ? '/var/cache' : join(homedir(), '.cache'))
  return join(cache, 'plimsoll', 'bench')
}

async function fill(url: string, size: FleetSize, now: Date): Promise<void> {
  const { db, pool, close } = connect(url)
  try {
    const started = performance.now()
    await migrate(pool, migrations)
    await fillFleet(db, size, { rules, editions }, now)
    await addPerson(db, {
      person_id: '00000000-0000-4000-8000-000000000001',
      login: visitor.login,
      name: 'Bench',
      email: null,
      role: 'admin',
      password_hash: await hashPassword(visitor.password),
      must_change_password: false,
      oidc_issuer: null,
      oidc_subject: null,
      created_at: now,
    })
    console.error(`filled in ${((performance.now() - started) / 1000).toFixed(0)} s`)
  } finally {
    await close()
  }
}
