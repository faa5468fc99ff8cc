// Start error: why the server cannot be started, told in a sentence to whoever starts it; not a fault of ours.

export class StartError extends Error {
  readonly reason: 'port-in-use' | 'cannot-listen' | 'bad-tls' | 'database-unreachable'
  constructor(reason: StartError['reason'], message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.name = 'StartError'
    this.reason = reason
  }
}
