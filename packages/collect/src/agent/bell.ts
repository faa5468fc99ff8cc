// Bell: somebody rings, somebody waits; a ring that nobody waited for is not lost.

export class Bell {
  private isRung = false
  private wake: (() => void) | undefined

  ring(): void {
    this.isRung = true
    this.wake?.()
  }

  /** Resolves with the next ring, or at once where one was not heard yet. Rejects with the signal's reason. One waits at a time. */
  async wait(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (!this.isRung)
      await new Promise<void>((resolve, reject) => {
        const stop = () => reject(signal.reason as Error)
        this.wake = () => {
          signal.removeEventListener('abort', stop)
          resolve()
        }
        signal.addEventListener('abort', stop, { once: true })
      })
    this.wake = undefined
    this.isRung = false
  }
}
