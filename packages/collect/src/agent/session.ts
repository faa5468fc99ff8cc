// Session: what one agent does while it leads: collects, sends, stays in touch; and how it stands, for whoever asks.

import { canonicalJson, type Gap } from '@plimsoll/core'
import type { IngestReport } from '@plimsoll/core/contract'
import { collectionOf, getListPage } from '../cluster/list-kind.ts'
import { line } from '../upload/prepare-snapshot.ts'
import { agentKinds } from './agent-kinds.ts'
import type { AgentOptions, AgentWorld } from './agent-options.ts'
import type { ClusterApi } from './cluster-api.ts'
import { Collection } from './collection.ts'
import { keepInTouch } from './heartbeat.ts'
import type { Log } from './log.ts'
import { metricsText } from './metrics.ts'
import { Outbox } from './outbox.ts'
import { permissionsOf } from './permissions.ts'
import { readyObject } from './ready-object.ts'
import type { SelfEvents } from './self-events.ts'
import { Sender, type Subject } from './sender.ts'
import type { ServerLink } from './server-link.ts'
import type { Spool } from './spool.ts'
import { type Reason, reasonsOf } from './status.ts'

interface SessionParts {
  readonly options: AgentOptions
  readonly outside: AgentWorld
  readonly log: Log
  readonly api: ClusterApi
  readonly link: ServerLink
  readonly spool: Spool
  readonly events: SelfEvents
  readonly holder: string
}

/** What runs on its own ends with the session, and has nothing else to reject with. */
const ignoreStop = (): void => {}

type Problem = 'lease' | 'sending' | 'identity' | 'spool'
/** Milliseconds. */
const lookEvery = 2_000
const goodbyeWithin = 2_000

export class Session {
  mayLead: () => boolean = () => true
  /** Why nothing is done at all, if so. */
  stopped: string | undefined
  private readonly parts: SessionParts
  private readonly outbox: Outbox
  private readonly sender: Sender
  private collection: Collection | undefined
  private problems: Partial<Record<Problem, string>> = {}
  private isRunning = false
  private resyncs = 0
  private toldReasons = ''

  constructor(parts: SessionParts) {
    this.parts = parts
    const { outside, log, link, spool } = parts
    this.outbox = new Outbox(spool, () => this.sender.wake())
    this.sender = new Sender({
      link,
      outbox: this.outbox,
      world: outside.world,
      log,
      subject: () => this.subject(),
      gaps: () => this.gaps(),
      isWhole: () => this.collection?.isWhole ?? false,
      mayLead: () => this.mayLead(),
      readAgain: (kind, hashes) => this.readAgain(kind, hashes),
      onOutcome: problem => this.note('sending', problem),
    })
  }

  /** Notes what is wrong, or that it no longer is. */
  note(what: Problem, problem: string | undefined): void {
    if (problem === undefined) delete this.problems[what]
    else this.problems[what] = problem
  }

  /** Leads until the signal aborts. Rejects with its reason, or with TokenRefused. */
  async run(signal: AbortSignal): Promise<void> {
    const { options, outside, log, api, link } = this.parts
    const { world } = outside
    this.collection = new Collection({
      api,
      outbox: this.outbox,
      world,
      log,
      kinds: agentKinds,
      slices: options.slices,
      objectBytes: () => this.sender.objectBytes,
      onChange: () => this.sender.wake(),
    })
    this.isRunning = true
    // The first failure ends what runs beside it.
    const own = new AbortController()
    const both = AbortSignal.any([signal, own.signal])
    const deeds = [
      this.collection.run(both),
      this.sender.run(both),
      keepInTouch(
        {
          link,
          world,
          log,
          report: () => this.report(),
          onScanAsked: () => void this.resync(both).catch(ignoreStop),
        },
        both,
      ),
      this.resyncBySchedule(both),
      this.tellOfItself(both),
    ]
    try {
      await Promise.race(deeds)
    } finally {
      own.abort(new Error('the session is over'))
      await Promise.allSettled(deeds)
      if (signal.aborted && this.mayLead()) await this.sayGoodbye()
      this.isRunning = false
    }
  }

  /** Who asks how it stands need not wait for its silence to be noticed. */
  private async sayGoodbye(): Promise<void> {
    const json = { ...this.report(), state: 'stopped', reasons: [], wait: 0 } satisfies IngestReport
    const call = { method: 'POST', path: '/ingest/heartbeat', json } as const
    await this.parts.link.call(call, AbortSignal.timeout(goodbyeWithin)).catch(ignoreStop)
  }

  notReady(): string | undefined {
    if (this.stopped !== undefined) return this.stopped
    // A replica that stands by is as ready as can be.
    if (!this.isRunning) return this.problems.lease
    if (this.sender.acceptedAt === undefined)
      return this.problems.sending ?? this.problems.identity ?? 'the first snapshot is not sent yet'
    return undefined
  }

  metrics(): string {
    const { api, spool } = this.parts
    const { sender, outbox, collection } = this
    const { disk, memory } = spool.size
    const at = sender.acceptedAt
    const counter = 'counter'
    const gauge = 'gauge'
    const sent = 'plimsoll_agent_snapshots_total'
    const sentHelp = 'Snapshots that the server accepted.'
    return metricsText([
      ['plimsoll_agent_leading', gauge, 'Whether this replica collects.', this.isRunning ? 1 : 0],
      ['plimsoll_agent_stopped', gauge, 'Whether its token is refused.', this.stopped === undefined ? 0 : 1],
      ['plimsoll_agent_api_requests_total', counter, 'Requests to the API server.', api.cost.requests],
      ['plimsoll_agent_api_bytes_total', counter, 'Bytes that the API server sent.', api.cost.bytes],
      [
        'plimsoll_agent_watch_events_total',
        counter,
        'Events of watches, of this lead.',
        collection?.events ?? 0,
      ],
      ['plimsoll_agent_objects', gauge, 'Objects that are known.', outbox.objects],
      ['plimsoll_agent_pending_objects', gauge, 'Objects that wait to be sent.', outbox.pending],
      ['plimsoll_agent_spool_bytes', gauge, 'Bytes that wait to be sent.', disk, { place: 'disk' }],
      ['plimsoll_agent_spool_bytes', gauge, 'Bytes that wait to be sent.', memory, { place: 'memory' }],
      [
        'plimsoll_agent_spool_dropped_total',
        counter,
        'Objects read again, as the spool was full.',
        spool.dropped,
      ],
      ['plimsoll_agent_gaps', gauge, 'Things that cannot be seen.', collection && this.gaps().length],
      [sent, counter, sentHelp, sender.sent.whole, { type: 'whole' }],
      [sent, counter, sentHelp, sender.sent.deltas, { type: 'delta' }],
      [
        'plimsoll_agent_sent_resources_total',
        counter,
        'Resources in them that were news.',
        sender.sent.resources,
      ],
      ['plimsoll_agent_send_failures_total', counter, 'Attempts that failed.', sender.sent.failures],
      ['plimsoll_agent_resyncs_total', counter, 'Full looks at everything.', this.resyncs],
      [
        'plimsoll_agent_accepted_timestamp_seconds',
        gauge,
        'When the server last accepted one.',
        at && at.getTime() / 1000,
      ],
      ['process_resident_memory_bytes', gauge, 'Resident memory.', process.memoryUsage.rss()],
    ])
  }

  private subject(): Subject | undefined {
    const { options, outside, holder } = this.parts
    const identity = this.collection?.identity()
    if (identity?.uid === undefined) return undefined
    const { provider, distribution, gitVersion, region, account, facts } = identity
    const { clusterName, environmentName, labels } = options
    return {
      cluster: {
        uid: identity.uid,
        name: line(options.clusterName ?? this.parts.api.target.context, 200) || identity.uid,
        ...(provider !== undefined && { provider }),
        ...(distribution !== undefined && { distribution: line(distribution, 60) }),
        ...(gitVersion !== undefined && { version: line(gitVersion.replace(/^v/, ''), 60) }),
        ...(region !== undefined && { region: line(region, 100) }),
        ...(account !== undefined && { account: line(account, 200) }),
        said: {
          ...(clusterName !== undefined && { name: clusterName }),
          ...(environmentName !== undefined && { environment: environmentName }),
          ...(labels !== undefined && { labels }),
        },
      },
      collector: { ...outside.collector, id: holder },
      facts,
    }
  }

  /** What of the cluster cannot be seen, or not be told. */
  private gaps(): readonly Gap[] {
    return [...(this.collection?.gaps() ?? []), ...this.outbox.gaps()]
  }

  private reasons(): readonly Reason[] {
    const { collection, problems } = this
    return reasonsOf({ gaps: this.gaps(), followers: collection?.followers ?? [], problems })
  }

  private report(): Omit<IngestReport, 'heard' | 'wait'> {
    const { outside, holder } = this.parts
    const reasons = this.reasons()
    const isWhole = this.collection?.isWhole ?? false
    return {
      scope: 'api',
      collector: { ...outside.collector, id: holder },
      state: !isWhole ? 'starting' : reasons.length > 0 ? 'partial' : 'connected',
      reasons: reasons.map(({ code, detail }) => ({ code, detail: line(detail, 2000) })),
      permissions: permissionsOf(this.collection?.followers ?? []),
    }
  }

  private async resyncBySchedule(signal: AbortSignal): Promise<never> {
    const { options, outside } = this.parts
    const { world } = outside
    for (;;) {
      // Many agents that were started together do not look together.
      await world.sleep(options.resync * (0.9 + world.random() / 5), signal)
      await this.resync(signal)
    }
  }

  /** Looks at everything anew, and names everything to the server. */
  private async resync(signal: AbortSignal): Promise<void> {
    const { collection } = this
    if (!collection?.isWhole) return
    const ended = new Promise<'ended'>(resolve => {
      signal.addEventListener('abort', () => resolve('ended'), { once: true })
    })
    if ((await Promise.race([collection.resync(), ended])) === 'ended') return
    this.resyncs++
    this.sender.sendWhole()
  }

  /** Log and Events say what a person should know, when it changes. */
  private async tellOfItself(signal: AbortSignal): Promise<never> {
    const { outside, log, events } = this.parts
    for (let before = 'starting'; ; ) {
      await outside.world.sleep(lookEvery, signal)
      const { state, reasons } = this.report()
      this.note('identity', this.collection?.identity().problem)
      const told = canonicalJson([state, reasons])
      if (told === this.toldReasons || state === 'starting') continue
      this.toldReasons = told
      if (state === 'partial') {
        for (const { code, detail } of reasons.slice(0, 20)) log.warn('partial collection', { code, detail })
        const first = reasons[0]?.detail ?? ''
        const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : ''
        await events.say('PartialCollection', `${first}${more}`)
      } else {
        log.info('everything is seen')
        await events.say(
          before === 'partial' ? 'WholeCollection' : 'Connected',
          'everything is seen and sent',
        )
      }
      before = state
    }
  }

  private async *readAgain(kind: string, hashes: ReadonlySet<string>): AsyncGenerator<string> {
    const { api } = this.parts
    const follower = this.collection?.followers.find(({ name }) => name === kind)
    const version = follower && (await this.collection?.versionsOf(follower.entry))?.[0]
    if (!follower || version === undefined) return
    const collection = collectionOf(follower.entry, version)
    let token: string | undefined
    do {
      const texts: string[] = []
      const page = await getListPage(api, collection, token, item => {
        const ready = readyObject(collection.named(item), this.sender.objectBytes)
        if ('text' in ready && hashes.has(ready.hash)) texts.push(ready.text)
        return {}
      })
      yield* texts
      token = page.ok ? page.value.next : undefined
    } while (token !== undefined)
  }
}
