// Under way: the requests being answered, so that each is told when its client goes away or the server stops.

import type { FastifyReply } from 'fastify'

export class UnderWay {
  readonly #streams = new Set<AbortController>()
  readonly #others = new Set<AbortController>()

  /** The signal of one request. Event streams never end by themselves, so they are kept apart. */
  signalFor(reply: FastifyReply, isEventStream: boolean): AbortSignal {
    const controller = new AbortController()
    const kept = isEventStream ? this.#streams : this.#others
    kept.add(controller)
    reply.raw.once('close', () => {
      kept.delete(controller)
      if (!reply.raw.writableFinished) controller.abort(new Error('the client went away'))
    })
    return controller.signal
  }

  endStreams(): void {
    for (const controller of this.#streams) controller.abort(new Error('the server stops'))
  }

  endAll(): void {
    this.endStreams()
    for (const controller of this.#others) controller.abort(new Error('the server stops'))
  }
}
