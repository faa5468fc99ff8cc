// Run agent: starts the agent and keeps it running until it is stopped: takes the lead, collects while it leads, and waits where it may not.

import { randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { type Attempt, refuse, succeed } from '@plimsoll/core'
import { findTarget } from '../cluster/find-target.ts'
import type { AgentOptions, AgentWorld } from './agent-options.ts'
import { ClusterApi } from './cluster-api.ts'
import { Lease } from './lease.ts'
import { type Listener, listen } from './listener.ts'
import { makeLog } from './log.ts'
import { SelfEvents } from './self-events.ts'
import { ServerLink, TokenRefused } from './server-link.ts'
import { Session } from './session.ts'
import { Spool } from './spool.ts'

export type RunAgent = (options: AgentOptions, outside: AgentWorld) => Promise<Attempt<undefined>>

/** Milliseconds between two looks at a token that was refused. */
const lookAtTokenEvery = 15_000

/**
 * Runs until the signal aborts. Refuses, before anything is asked of anybody, where options make no sense: a kubeconfig that is none, a
 * folder that cannot be written to, an address that cannot be listened on. Whatever goes wrong later is waited out and told.
 */
export const runAgent: RunAgent = async (options, given) => {
  // What runs side by side all listens to the one signal.
  setMaxListeners(0, given.signal)
  const outside = { ...given }
  const { environment, world, collector, signal } = outside
  const log = makeLog(options.logLevel, () => world.now(), outside.logTo)
  const target = findTarget(options, environment)
  if (!target.ok) return target
  let spool: Spool
  try {
    spool = new Spool(options.spool, {
      ...(options.spoolBytes !== undefined && { diskBytes: options.spoolBytes }),
      onFull: reason =>
        log.warn('the spool is full; what is let go of is read from the cluster again', { reason }),
    })
  } catch (error) {
    return refuse({
      code: 'usage',
      message: `the spool ${options.spool} cannot be used: ${(error as Error).message}`,
    })
  }
  // Inside of a cluster the API server is a neighbour: no proxy stands between.
  const isInside = target.value.context === 'in-cluster'
  const api = new ClusterApi(target.value, isInside ? {} : environment, outside)
  const link = new ServerLink(options, outside)
  const { POD_NAME: name, POD_NAMESPACE: namespace } = environment
  const pod = name && namespace ? { name, namespace } : undefined
  const events = new SelfEvents(api, world, log, pod)
  const holder = `${name || 'agent'}_${randomUUID().slice(0, 8)}`
  const session = new Session({ options, outside, log, api, link, spool, events, holder })
  const lease =
    options.lease &&
    new Lease({
      api,
      world,
      log,
      ...options.lease,
      holder,
      onProblem: problem => session.note('lease', problem),
    })

  let listener: Listener | undefined
  if (options.listen !== undefined) {
    const listening = await listen(options.listen, session)
    if (!listening.ok) return listening
    listener = listening.value
    log.info('listening for health, readiness and metrics', { port: listener.port })
  }
  log.info('the agent runs', { version: collector.version, server: options.server, holder })
  try {
    for (;;) {
      if (lease) await lease.acquire(signal)
      session.mayLead = () => lease?.isHeld ?? true
      const own = new AbortController()
      const both = AbortSignal.any([signal, own.signal])
      setMaxListeners(0, both)
      // It rejects with the signal alone, and ends before the session does.
      const led = lease
        ?.keep(both)
        .then(() => own.abort(new LeadLost()))
        .catch(() => {})
      const refused = await session.run(both).then(
        () => undefined,
        (error: unknown) => error,
      )
      own.abort(new LeadLost())
      await led
      signal.throwIfAborted()
      if (refused instanceof TokenRefused) {
        // Another replica would fare no better: the lead is kept by nobody while the token is no good.
        await lease?.release()
        await waitForToken(refused)
      } else if (!(refused instanceof LeadLost)) throw refused
    }
  } catch (error) {
    if (!signal.aborted) throw error
    return succeed(undefined)
  } finally {
    await lease?.release().catch(() => {})
    log.info('the agent stops')
    api.close()
    link.close()
    spool.clear()
    await listener?.close()
  }

  /** Nothing is collected, nothing is sent, until there is another token. */
  async function waitForToken({ message }: TokenRefused): Promise<void> {
    const advice = `the server refuses the token (${message}): nothing is collected until ${options.tokenFile} holds another one; rotate or renew the enrolment on the server`
    log.error('stopped: the token is refused', { reason: message, file: options.tokenFile })
    session.stopped = advice
    await events.say('TokenRefused', advice)
    const bad = await link.token()
    link.close()
    while ((await link.token()) === bad) await world.sleep(lookAtTokenEvery, signal)
    session.stopped = undefined
    log.info('there is another token')
  }
}

/** Why a session ends that goes on elsewhere. */
class LeadLost extends Error {}
