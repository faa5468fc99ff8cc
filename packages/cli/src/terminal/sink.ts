// Sink: where data goes, written as fast as it is taken and no faster.

/** The part of Node's writable streams that is used. */
export interface TextStream {
  write(text: string, done: (error?: Error | null) => void): boolean
  on(event: 'error', listener: (error: Error) => void): unknown
}

export interface Sink {
  /** Resolves when the text is taken; false where nobody reads any more. Rejects where it cannot be written. */
  write(text: string): Promise<boolean>
  /** Ends well: what was written stands. */
  finish(): Promise<void>
  /** Ends without a result: what stood there before stands again. */
  abandon(): void
}

/** A sink on a stream such as standard output. A reader that goes away (EPIPE) is no error. */
export function streamSink(stream: TextStream): Sink {
  let isGone = false
  // Told to each write too; unheard, it would end the process.
  stream.on('error', () => {})
  return {
    async write(text) {
      if (isGone) return false
      const failure = await new Promise<Error | null | undefined>(resolve => {
        stream.write(text, resolve)
      })
      if (!failure) return true
      if (!isReaderGone(failure)) throw failure
      isGone = true
      return false
    },
    finish: () => Promise.resolve(),
    abandon() {},
  }
}

const isReaderGone = (error: Error) => {
  const { code } = error as NodeJS.ErrnoException
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'ECONNRESET'
}

/** Texts are gathered to about this many characters before they are written. */
const pieceSize = 65_536

/**
 * Writes chunks to a sink. Where its reader goes away the chunks are still drawn to the end: what comes of a scan is known only then.
 * Gives whether all was written.
 */
export async function writeChunks(sink: Sink, chunks: Iterable<string>): Promise<boolean> {
  let piece = ''
  let isHeard = true
  for (const chunk of chunks) {
    if (!isHeard) continue
    piece += chunk
    if (piece.length < pieceSize) continue
    isHeard = await sink.write(piece)
    piece = ''
  }
  if (isHeard && piece !== '') isHeard = await sink.write(piece)
  return isHeard
}
