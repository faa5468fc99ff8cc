// Proxy socket: reads what a proxy answers on a socket, and leaves what comes after it there for the server's protocol.

import type { Socket } from 'node:net'

/** A proxy that cannot be reached, or that says no. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError'
}

/** More than any proxy's answer has. */
const limit = 16_384

export class ByteReader {
  private readonly socket: Socket
  private held = Buffer.alloc(0)

  constructor(socket: Socket) {
    this.socket = socket
  }

  /** The next bytes, as many as asked for. */
  async take(count: number): Promise<Buffer> {
    while (this.held.length < count) await this.more()
    return this.split(count, count)
  }

  /** The bytes before a mark, which is passed over. */
  async takeUntil(mark: string): Promise<Buffer> {
    for (;;) {
      const at = this.held.indexOf(mark)
      if (at >= 0) return this.split(at, at + mark.length)
      if (this.held.length > limit) throw new ProxyError('the answer of the proxy has no end')
      await this.more()
    }
  }

  /** Gives the bytes that were read too far back to the socket. */
  giveBack(): void {
    if (this.held.length > 0) this.socket.unshift(this.held)
    this.held = Buffer.alloc(0)
  }

  private split(end: number, next: number): Buffer {
    const taken = this.held.subarray(0, end)
    this.held = this.held.subarray(next)
    return taken
  }

  private async more(): Promise<void> {
    this.held = Buffer.concat([this.held, await readSome(this.socket)])
  }
}

/** The next bytes of a socket, at least one. */
async function readSome(socket: Socket): Promise<Buffer> {
  for (;;) {
    const chunk = socket.read() as Buffer | null
    if (chunk !== null) return chunk
    if (socket.destroyed || socket.readableEnded) throw new ProxyError('the proxy closed the connection')
    await new Promise<void>((resolve, reject) => {
      const settle = (error?: Error) => {
        socket.off('readable', settle).off('end', settle).off('close', settle).off('error', settle)
        if (error instanceof Error) reject(error)
        else resolve()
      }
      socket.on('readable', settle).on('end', settle).on('close', settle).on('error', settle)
    })
  }
}
