// Self events: tells of the agent's own state by Events on its pod, as `kubectl describe` shows them.

import type { World } from '../collector.ts'
import type { ClusterApi } from './cluster-api.ts'
import type { Log } from './log.ts'

export type SelfReason =
  | 'Connected'
  | 'PartialCollection'
  | 'WholeCollection'
  | 'TokenRefused'
  | 'ServerUnreachable'

const warnings: ReadonlySet<SelfReason> = new Set(['PartialCollection', 'TokenRefused', 'ServerUnreachable'])
/** Milliseconds within which nothing is said twice. */
const quietFor = 15 * 60_000
/** The API server takes 1024 bytes. */
const mostCharacters = 900

export class SelfEvents {
  private readonly api: Pick<ClusterApi, 'put'>
  private readonly world: World
  private readonly log: Log
  private readonly pod: { readonly name: string; readonly namespace: string } | undefined
  private readonly said = new Map<SelfReason, { readonly message: string; readonly at: number }>()

  /** Where the pod is not known, nothing is said. */
  constructor(
    api: Pick<ClusterApi, 'put'>,
    world: World,
    log: Log,
    pod: { readonly name: string; readonly namespace: string } | undefined,
  ) {
    this.api = api
    this.world = world
    this.log = log
    this.pod = pod
  }

  async say(reason: SelfReason, message: string): Promise<void> {
    const { pod } = this
    if (!pod) return
    const now = this.world.now()
    const before = this.said.get(reason)
    if (before && before.message === message && now.getTime() - before.at < quietFor) return
    this.said.set(reason, { message, at: now.getTime() })
    const answer = await this.api.put('POST', `/apis/events.k8s.io/v1/namespaces/${pod.namespace}/events`, {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: { generateName: 'plimsoll-agent-', namespace: pod.namespace },
      // As MicroTime of Kubernetes.
      eventTime: now.toISOString().replace('Z', '000Z'),
      reportingController: 'plimsoll.dev/agent',
      reportingInstance: pod.name,
      regarding: { apiVersion: 'v1', kind: 'Pod', name: pod.name, namespace: pod.namespace },
      action: 'Collect',
      type: warnings.has(reason) ? 'Warning' : 'Normal',
      reason,
      note: message.length > mostCharacters ? `${message.slice(0, mostCharacters - 1)}…` : message,
    })
    if (!answer.ok) this.log.debug('an Event could not be written', { reason })
  }
}
