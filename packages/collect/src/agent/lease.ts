// Lease: chooses one of several replicas by a Lease of the cluster; who holds it leads for as long as it is renewed in time.
//
// The order of things is that of client-go's leaderelection: an expiry is judged by when we saw the Lease change, so that clocks need not agree.

import { isRecord } from '@plimsoll/core'
import { type ApiFailure, describeFailure } from '../cluster/api-failure.ts'
import type { World } from '../collector.ts'
import type { ClusterApi } from './cluster-api.ts'
import type { Log } from './log.ts'

export interface LeaseOptions {
  readonly api: Pick<ClusterApi, 'getSoon' | 'put'>
  readonly world: World
  readonly log: Log
  readonly namespace: string
  readonly name: string
  /** Who we are: the pod and this run of it. */
  readonly holder: string
  /** Told what keeps us from taking part, and undefined when nothing does. */
  readonly onProblem: (problem: string | undefined) => void
}

/** Milliseconds; as client-go's own, renewed less often. */
const duration = 15_000
const renewDeadline = 10_000
const retryEvery = 3_000

interface Current {
  readonly object: Record<string, unknown>
  readonly spec: Record<string, unknown>
}

export class Lease {
  private readonly options: LeaseOptions
  private readonly path: string
  /** The Lease as last seen, and when it was seen to change. */
  private seenMark = ''
  private seenAt = 0
  private renewedAt = Number.NEGATIVE_INFINITY
  private isLeading = false

  constructor(options: LeaseOptions) {
    this.options = options
    this.path = `/apis/coordination.k8s.io/v1/namespaces/${options.namespace}/leases`
  }

  /** Whether we hold it at this moment, whatever the API server does. */
  get isHeld(): boolean {
    return this.isLeading && this.now() - this.renewedAt < duration
  }

  /** Resolves when we hold it. Rejects with the signal's reason. */
  async acquire(signal: AbortSignal): Promise<void> {
    const { world } = this.options
    for (;;) {
      signal.throwIfAborted()
      if (await this.tryToHold()) {
        this.isLeading = true
        this.options.log.info('leading', { holder: this.options.holder })
        return
      }
      await world.sleep(retryEvery * (0.8 + world.random() * 0.4), signal)
    }
  }

  /** Renews it until it is lost; resolves then. Rejects with the signal's reason. */
  async keep(signal: AbortSignal): Promise<void> {
    const { world, log } = this.options
    for (;;) {
      await world.sleep(retryEvery, signal)
      if (await this.tryToHold()) continue
      if (this.now() - this.renewedAt < renewDeadline && !this.isOthers()) continue
      this.isLeading = false
      log.warn('the lead was lost')
      return
    }
  }

  /** Lets another replica lead at once. */
  async release(): Promise<void> {
    if (!this.isLeading) return
    this.isLeading = false
    const current = await this.read()
    if (current === 'absent' || 'failure' in current) return
    if (current.spec.holderIdentity !== this.options.holder) return
    await this.write(current, { ...current.spec, holderIdentity: '', leaseDurationSeconds: 1 })
  }

  private holderSeen = ''
  private isOthers(): boolean {
    return this.holderSeen !== '' && this.holderSeen !== this.options.holder
  }

  private async tryToHold(): Promise<boolean> {
    const { holder, onProblem } = this.options
    const asked = this.now()
    const current = await this.read()
    if (current !== 'absent' && 'failure' in current) {
      onProblem(problemOf(current.failure))
      return false
    }
    const spec = current === 'absent' ? {} : current.spec
    const mark = JSON.stringify([spec.holderIdentity, spec.renewTime, spec.leaseTransitions])
    if (mark !== this.seenMark) {
      this.seenMark = mark
      this.seenAt = asked
    }
    this.holderSeen = typeof spec.holderIdentity === 'string' ? spec.holderIdentity : ''
    const isOurs = this.holderSeen === holder
    const seconds = Number(spec.leaseDurationSeconds) || duration / 1000
    if (this.isOthers() && asked - this.seenAt < seconds * 1000) {
      onProblem(undefined)
      return false
    }
    const time = microTime(this.options.world.now())
    const transitions = Number(spec.leaseTransitions) || 0
    const failure = await this.write(current, {
      ...spec,
      holderIdentity: holder,
      leaseDurationSeconds: duration / 1000,
      renewTime: time,
      acquireTime: isOurs ? spec.acquireTime : time,
      leaseTransitions: isOurs || current === 'absent' ? transitions : transitions + 1,
    })
    if (failure) {
      // Somebody else was faster; that is as it should be.
      const isRace = failure.type === 'status' && failure.status === 409
      onProblem(isRace ? undefined : problemOf(failure))
      return false
    }
    this.renewedAt = asked
    this.holderSeen = holder
    onProblem(undefined)
    return true
  }

  private async read(): Promise<Current | 'absent' | { readonly failure: ApiFailure }> {
    const answer = await this.options.api.getSoon(`${this.path}/${this.options.name}`)
    if (answer.ok) return { object: answer.value, spec: isRecord(answer.value.spec) ? answer.value.spec : {} }
    if (answer.failure.type === 'status' && answer.failure.status === 404) return 'absent'
    return { failure: answer.failure }
  }

  /** Gives the failure, if there was one. A Lease that changed since it was read is not overwritten. */
  private async write(current: Current | 'absent', spec: object): Promise<ApiFailure | undefined> {
    const { api, name, namespace } = this.options
    const answer =
      current === 'absent'
        ? await api.put('POST', this.path, {
            apiVersion: 'coordination.k8s.io/v1',
            kind: 'Lease',
            metadata: { name, namespace },
            spec,
          })
        : await api.put('PUT', `${this.path}/${name}`, { ...current.object, spec })
    return answer.ok ? undefined : answer.failure
  }

  private now(): number {
    return this.options.world.now().getTime()
  }
}

const problemOf = (failure: ApiFailure): string =>
  `the Lease cannot be read or written (${describeFailure(failure)}); grant verbs get, create and update on leases in coordination.k8s.io in the namespace of the agent`

/** As MicroTime of Kubernetes. */
const microTime = (at: Date): string => at.toISOString().replace('Z', '000Z')
