/** A Plimsoll server with a database of its own, and what a test asks of it. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { type RunningServer, readConfig, startServer } from '../../../packages/server/src/index.ts'
import { callStale } from '../../../packages/server/src/jobs/assessment-queues.ts'
import { systemActor } from '../../../packages/server/src/services/access/audit.ts'
import { createEnrolment, endEnrolment } from '../../../packages/server/src/services/access/enrolments.ts'
import { createToken } from '../../../packages/server/src/services/access/tokens.ts'
import type { Caller } from '../../../packages/server/src/services/caller.ts'
import { everything } from '../../../packages/server/src/store/permitted.ts'

export interface Finding {
  readonly rule: string
  readonly outcome: string
  readonly state: string
  readonly key: string
}

export class Platform {
  readonly folder = mkdtempSync(join(tmpdir(), 'plimsoll-platform-'))
  #running: RunningServer | undefined
  #port = 0
  #reader: string | undefined

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  private get running(): RunningServer {
    if (!this.#running) throw new Error('the server does not run')
    return this.#running
  }

  /** Starts it; again on the port that it had. */
  async start(): Promise<void> {
    // Where root runs the tests, the database runs as nobody.
    chmodSync(this.folder, 0o755)
    const outcome = readConfig({
      environment: {
        PLIMSOLL_DATA: join(this.folder, 'data'),
        PLIMSOLL_LISTEN: `127.0.0.1:${this.#port}`,
        PLIMSOLL_LOG_LEVEL: 'error',
      },
      flags: {},
      workingDirectory: this.folder,
    })
    if (!outcome.ok) throw new Error(outcome.problems.join('\n'))
    this.#running = await startServer(outcome.config, {
      version: '0.0.0-test',
      logTo: { write: line => void process.stderr.write(line) },
    })
    this.#port = Number(new URL(this.#running.url).port)
  }

  async stop(): Promise<void> {
    const running = this.#running
    this.#running = undefined
    await running?.stop()
  }

  async end(): Promise<void> {
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** With no environment where none is given: the agent says then. */
  async enrol(name: string, environment = 'test'): Promise<{ readonly id: string; readonly token: string }> {
    const asked = { name, environment, labels: {}, options: {} }
    return await createEnrolment(this.running.deps, asked, systemActor)
  }

  async revoke(id: string): Promise<void> {
    await endEnrolment(this.running.deps, id, systemActor)
  }

  /** What the API answers an administrator. */
  async get(path: string): Promise<unknown> {
    this.#reader ??= await this.makeReader()
    const headers = { authorization: `Bearer ${this.#reader}` }
    const answer = await fetch(`${this.url}/api/v1${path}`, { headers })
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`)
    return await answer.json()
  }

  private async makeReader(): Promise<string> {
    const { deps } = this.running
    const { rows } = await sql<{ id: string }>`select person_id as id from person limit 1`.execute(deps.db)
    const id = rows[0]?.id ?? ''
    const person: Caller = { type: 'person', id, name: 'admin', role: 'admin', permitted: everything }
    const { token } = await createToken(deps, person, { name: 'test', role: 'admin', days: 1 }, systemActor)
    return token
  }

  /** As if nobody had been heard of for so many milliseconds: the housekeeping of that later instant. */
  async lookLater(milliseconds: number): Promise<void> {
    const { deps, wake } = this.running
    await callStale({ ...deps, now: () => new Date(deps.now().getTime() + milliseconds) }, 86_400_000)
    wake()
  }

  /** Keys of the resources that are kept as being there, of some kinds. */
  async keys(kinds: readonly string[]): Promise<readonly string[]> {
    const { rows } = await sql<{ key: string }>`
      select resource_key as key from resource_version
      where valid_to = 'infinity' and split_part(resource_key, '/', 1) = any(${[...kinds]})`.execute(
      this.running.deps.db,
    )
    return rows.map(({ key }) => key).sort()
  }

  /** Findings that are open, of one asset or all. */
  async findings(key?: string): Promise<readonly Finding[]> {
    const { rows } = await sql<Finding>`
      select rule, outcome, state, asset_key as key from finding where state = 'open'
        ${key === undefined ? sql`` : sql`and asset_key = ${key}`} order by rule, asset_key`.execute(
      this.running.deps.db,
    )
    return rows
  }

  /** Whether an asset is there. */
  async hasAsset(key: string): Promise<boolean> {
    const { rows } = await sql`select from asset where asset_key = ${key} and gone_at = 'infinity'`.execute(
      this.running.deps.db,
    )
    return rows.length > 0
  }

  async scope(): Promise<
    | {
        readonly gaps: readonly { kind?: string; reason: string }[]
        readonly collector: Record<string, unknown>
        readonly resources: number
        readonly sequence: string
      }
    | undefined
  > {
    const { rows } = await sql<{
      gaps: { kind?: string; reason: string }[]
      collector: Record<string, unknown>
      resources: number
      sequence: string
    }>`select gaps, collector, resources, sequence from collector_scope where scope = 'api'`.execute(
      this.running.deps.db,
    )
    return rows[0]
  }

  /** Snapshots accepted so far, and all the changes that they made. */
  async snapshots(): Promise<{ readonly count: number; readonly added: number }> {
    const { rows } = await sql<{ count: number; added: number }>`
      select count(*)::int as count, coalesce(sum(added), 0)::int as added from snapshot`.execute(
      this.running.deps.db,
    )
    return rows[0] ?? { count: 0, added: 0 }
  }

  /** Every text that is kept of the cluster, as one. */
  async keptText(): Promise<string> {
    const { currentResources } = await import('../../../packages/server/src/store/resource-versions.ts')
    const { rows } = await sql<{ id: string }>`select cluster_id as id from cluster`.execute(
      this.running.deps.db,
    )
    let text = ''
    for (const { id } of rows)
      for await (const batch of currentResources(this.running.deps.db, id))
        for (const { json } of batch) text += `${json}\n`
    return text
  }

  /** A person asks for a scan of the one cluster that there is. */
  async askForScan(): Promise<void> {
    await sql`update cluster set scan_asked_at = now(), scan_asked_by = 'test'`.execute(this.running.deps.db)
  }
}

/** What `look` gives once it gives something; throws after a while, with what was seen last. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  within = 60_000,
  every = 25,
): Promise<T> {
  for (const deadline = Date.now() + within; ; await sleep(every)) {
    const seen = await look()
    if (seen !== undefined && seen !== false) return seen
    if (Date.now() > deadline) throw new Error(`not within ${within / 1000} s: ${what}`)
  }
}
