// Read lines: cuts decoded bytes into lines, holding no more than one line that is not whole yet.

import { Fault } from '../fault.ts'

const lineFeed = 10

/** The lines of each chunk, without their line feeds; a last line needs none. Throws `too-large` for a line of more than `mostBytes`. */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  mostBytes: number,
): AsyncGenerator<readonly Buffer[]> {
  let held: Buffer[] = []
  let heldBytes = 0
  for await (const chunk of chunks) {
    const lines: Buffer[] = []
    let start = 0
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      const part = chunk.subarray(start, end)
      if (heldBytes + part.length > mostBytes) throw tooLong(mostBytes)
      lines.push(heldBytes === 0 ? part : Buffer.concat([...held, part]))
      held = []
      heldBytes = 0
      start = end + 1
    }
    const rest = chunk.subarray(start)
    if (rest.length > 0) {
      heldBytes += rest.length
      if (heldBytes > mostBytes) throw tooLong(mostBytes)
      held.push(rest)
    }
    if (lines.length > 0) yield lines
  }
  if (heldBytes > 0) yield [Buffer.concat(held)]
}

const tooLong = (mostBytes: number) =>
  new Fault('too-large', `a line, which is an object, has more than ${mostBytes} bytes`)
