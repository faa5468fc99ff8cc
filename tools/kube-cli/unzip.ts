/** Reads single entries out of a zip archive held in memory, with node:zlib alone. */
import { crc32, inflateRawSync } from 'node:zlib'

/**
 * The bytes of the entry `name`. Knows stored and deflated entries of archives below 4 GiB; throws an Error that says
 * what is wrong for anything else: no such entry, another method, a checksum that does not fit.
 */
export function unzipEntry(archive: Buffer, name: string): Buffer {
  for (const entry of entriesOf(archive)) {
    if (entry.name !== name) continue
    // The local header repeats the name and has an extra field of its own length; the data stands behind both.
    const dataAt =
      entry.headerAt +
      30 +
      archive.readUInt16LE(entry.headerAt + 26) +
      archive.readUInt16LE(entry.headerAt + 28)
    const packed = archive.subarray(dataAt, dataAt + entry.packedSize)
    const bytes = unpack(entry, packed)
    if (bytes.length !== entry.size || crc32(bytes) !== entry.crc)
      throw new Error(`zip entry ${name} is damaged`)
    return bytes
  }
  throw new Error(`no entry ${name} in the zip archive`)
}

interface Entry {
  name: string
  method: number
  crc: number
  packedSize: number
  size: number
  headerAt: number
}

function unpack(entry: Entry, packed: Buffer): Buffer {
  if (entry.method === 0) return packed
  if (entry.method === 8) return inflateRawSync(packed)
  throw new Error(`zip entry ${entry.name} is packed by method ${entry.method}, known are 0 and 8`)
}

/** Entries as the central directory lists them (APPNOTE.TXT 4.3.12); it alone has sizes for streamed entries. */
function* entriesOf(archive: Buffer): Generator<Entry> {
  const endAt = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (endAt < 0) throw new Error('not a zip archive: it has no end record')
  let at = archive.readUInt32LE(endAt + 16)
  for (let left = archive.readUInt16LE(endAt + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== 0x02014b50)
      throw new Error('not a zip archive: its directory is damaged')
    const nameLength = archive.readUInt16LE(at + 28)
    yield {
      name: archive.toString('utf8', at + 46, at + 46 + nameLength),
      method: archive.readUInt16LE(at + 10),
      crc: archive.readUInt32LE(at + 16),
      packedSize: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      headerAt: archive.readUInt32LE(at + 42),
    }
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
}
