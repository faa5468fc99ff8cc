// Collection: the whole picture of a cluster while it is looked at: a follower for each kind, what the cluster is, and all that cannot be seen.

import {
  entriesOf,
  type Gap,
  isRecord,
  type KindEntry,
  nameOfKind,
  type Resource,
  type SliceId,
  sliceOf,
} from '@plimsoll/core'
import { kubeSystemUid, secretsLeftOut, unknownVersion } from '../cluster/collect-cluster.ts'
import { type Discovery, discover } from '../cluster/discovery.ts'
import { type Platform, platformOf } from '../cluster/identity.ts'
import { readObject } from '../cluster/read-object.ts'
import type { World } from '../collector.ts'
import { mapPool } from '../pool.ts'
import { Bell } from './bell.ts'
import { CloudEvidence } from './cloud-evidence.ts'
import type { ClusterApi } from './cluster-api.ts'
import { KindFollower } from './kind-follower.ts'
import type { Log } from './log.ts'
import type { Outbox } from './outbox.ts'
import { turns } from './turns.ts'

export interface CollectionOptions {
  readonly api: ClusterApi
  readonly outbox: Outbox
  readonly world: World
  readonly log: Log
  readonly kinds: readonly string[]
  readonly slices: readonly SliceId[]
  readonly objectBytes: () => number
  /** Gaps, or what is known of the cluster, are others than before. */
  readonly onChange: () => void
}

/** Which cluster it is; the UID of kube-system may not be had. */
export interface ClusterIdentity extends Platform {
  readonly uid: string | undefined
  readonly problem: string | undefined
  readonly gitVersion: string | undefined
  readonly region?: string
  readonly account?: string
  /** What its nodes are, for people. */
  readonly facts: Readonly<Record<string, string>>
}

const gapOfSlice = (entry: KindEntry): Gap =>
  entry.kind === 'Secret' && entry.group === ''
    ? secretsLeftOut
    : {
        scope: 'cluster',
        kind: nameOfKind(entry),
        reason: 'not-collected',
        detail: `${entry.plural} were not listed: the slice ${sliceOf(entry)} is switched off`,
      }

/** Milliseconds: where the server says briefly that nothing changed, and where it tells all each time. */
const discoverEvery = 30_000
const discoverWholeEvery = 120_000
const afterRightsChanged = 1000
const askRightsEvery = 15_000
const listsAtOnce = 4
const asksAtOnce = 4
/** Kinds whose changes may take rights of ours away, or give some. */
const kindsOfRights = new Set(['ClusterRole', 'ClusterRoleBinding'])

export class Collection {
  readonly followers: readonly KindFollower[]
  /** Events of watches so far. */
  events = 0
  private readonly options: CollectionOptions
  private readonly fixedGaps: readonly Gap[]
  private readonly evidence = new CloudEvidence()
  private discovery: Discovery | undefined
  private discovering: Promise<Discovery> | undefined
  private served = new Map<string, string>()
  private uid: string | undefined
  private uidProblem: string | undefined
  private gitVersion: string | undefined
  private readonly rightsChanged = new Bell()
  /** Whether all kinds were looked at once. */
  isWhole = false

  constructor(options: CollectionOptions) {
    this.options = options
    const { kinds, slices, api, outbox, world, objectBytes, onChange } = options
    const { entries, unknown } = entriesOf(kinds)
    const isLeftOut = (entry: KindEntry) => !slices.includes(sliceOf(entry))
    this.fixedGaps = [
      ...entries.filter(isLeftOut).map(gapOfSlice),
      ...unknown.map(
        (kind): Gap => ({
          scope: 'cluster',
          kind,
          reason: 'not-collected',
          detail: `${kind} is not among what the API of a cluster gives to this collector`,
        }),
      ),
    ]
    const inTurn = turns(listsAtOnce)
    this.followers = entries
      .filter(entry => !isLeftOut(entry))
      .map(
        entry =>
          new KindFollower(entry, {
            api,
            outbox,
            world,
            objectBytes,
            inTurn,
            versionsOf: own => this.versionsOf(own),
            isServed: own => this.isServed(own),
            onGaps: onChange,
            onEvent: kind => this.onEvent(kind),
            onObject: (kind, key, object) => this.onObject(kind, key, object),
          }),
      )
  }

  /** Follows the cluster until the signal aborts; rejects with its reason alone. */
  async run(signal: AbortSignal): Promise<void> {
    await this.identify(signal)
    const first = Promise.all(this.followers.map(follower => follower.nextList())).then(() => {
      this.isWhole = true
      this.options.onChange()
    })
    await Promise.all([
      first,
      ...this.followers.map(follower => follower.run(signal)),
      this.lookForKinds(signal),
      this.lookAfterRights(signal),
    ])
  }

  /** Looks at everything anew. Resolves when all of it was looked at. */
  async resync(): Promise<void> {
    this.discovery = undefined
    await this.readVersion()
    await Promise.all(this.followers.map(follower => follower.relist()))
  }

  gaps(): readonly Gap[] {
    const own = this.followers.flatMap(follower => follower.gaps())
    return [...this.fixedGaps, ...(this.gitVersion === undefined ? [unknownVersion] : []), ...own]
  }

  identity(): ClusterIdentity {
    const { gitVersion, evidence } = this
    const platform = platformOf({
      gitVersion: gitVersion ?? '',
      nodes: evidence.nodes(),
      groups: this.discovery?.groups ?? new Set(),
      host: this.options.api.target.server.hostname,
    })
    return {
      ...platform,
      ...evidence.place(),
      facts: evidence.facts(),
      uid: this.uid,
      problem: this.uidProblem,
      gitVersion,
    }
  }

  private async identify(signal: AbortSignal): Promise<void> {
    const { api, world, log, onChange } = this.options
    for (let attempt = 0; ; attempt++) {
      signal.throwIfAborted()
      await this.readVersion()
      const found = await kubeSystemUid(api)
      this.uid = 'uid' in found ? found.uid : undefined
      this.uidProblem = 'uid' in found ? undefined : found.detail
      onChange()
      if (this.uid !== undefined) break
      log.warn('the cluster cannot be identified', { reason: this.uidProblem })
      await world.sleep(
        Math.min(30_000, 1000 * 2 ** Math.min(attempt, 5)) * (0.75 + world.random() / 2),
        signal,
      )
    }
    await this.evidence.readIssuer(api)
  }

  private async readVersion(): Promise<void> {
    const answer = await this.options.api.get('/version', 'application/json', readObject)
    if (answer.ok && typeof answer.value.gitVersion === 'string') this.gitVersion = answer.value.gitVersion
  }

  /** The versions under which a kind may be served, the best first. */
  async versionsOf(entry: KindEntry): Promise<readonly string[]> {
    this.discovering ??= this.discovery
      ? Promise.resolve(this.discovery)
      : discover(this.options.api).finally(() => {
          this.discovering = undefined
        })
    const discovery = await this.discovering
    this.discovering = undefined
    this.discovery = discovery
    const serving = await discovery.servingOf(entry)
    this.served.set(nameOfKind(entry), JSON.stringify(serving))
    if (serving === 'not-served') return []
    return serving === 'unknown' ? entry.versions : [serving.version]
  }

  /** Whether the server says so, asked anew; false also where it would not say. */
  private async isServed(entry: KindEntry): Promise<boolean> {
    const discovery = await this.lookAgain()
    const serving = await discovery.servingOf(entry)
    if (serving !== 'unknown') this.served.set(nameOfKind(entry), JSON.stringify(serving))
    return typeof serving === 'object' && entry.group !== ''
  }

  /** Discovery of now; the one before where nothing changed since, or the server would not say. */
  private async lookAgain(): Promise<Discovery> {
    const found = await discover(this.options.api, this.discovery)
    if (found.groups.size > 0) this.discovery = found
    return found
  }

  /** Kinds come with their definitions, and go, and change their versions. */
  private async lookForKinds(signal: AbortSignal): Promise<void> {
    const { world } = this.options
    for (;;) {
      const every = this.discovery?.mark === undefined ? discoverWholeEvery : discoverEvery
      await world.sleep(every * (0.75 + world.random() / 2), signal)
      const discovery = await this.lookAgain()
      if (discovery.groups.size === 0) continue
      for (const follower of this.followers) {
        const serving = JSON.stringify(await discovery.servingOf(follower.entry))
        const known = this.served.get(follower.name)
        if (known !== undefined && serving !== known && serving !== '"unknown"') void follower.relist()
      }
    }
  }

  /** A watch under way goes on after its right was taken away: where roles changed, we ask what we may. */
  private async lookAfterRights(signal: AbortSignal): Promise<void> {
    const { world } = this.options
    for (;;) {
      await this.rightsChanged.wait(signal)
      await world.sleep(afterRightsChanged, signal)
      await mapPool(this.followers, asksAtOnce, async follower => {
        if (follower.state === 'absent') return
        const may = await this.mayList(follower.entry)
        if (may === undefined || may === (follower.state !== 'forbidden')) return
        void follower.relist(!may)
      })
      await world.sleep(askRightsEvery, signal)
    }
  }

  private async mayList({ group, plural }: KindEntry): Promise<boolean | undefined> {
    const answer = await this.options.api.put(
      'POST',
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { verb: 'list', group, resource: plural } },
      },
    )
    const status = answer.ok && isRecord(answer.value.status) ? answer.value.status : {}
    return typeof status.allowed === 'boolean' && !status.evaluationError ? status.allowed : undefined
  }

  private onEvent(kind: string): void {
    this.events++
    if (kindsOfRights.has(kind)) this.rightsChanged.ring()
  }

  private onObject(kind: string, key: string, object: Resource | undefined): void {
    if (kind === 'Node' && this.evidence.note(key, object)) this.options.onChange()
  }
}
