// CIDR: whether a block of addresses holds an address, for both families.

interface Address {
  readonly family: 4 | 6
  readonly bits: bigint
}

/** True where a block such as `10.0.0.0/8` holds an address; false for texts that are no block or address, and across families. */
export function blockHolds(block: string, address: string): boolean {
  const slash = block.indexOf('/')
  const base = parseAddress(slash < 0 ? block : block.slice(0, slash))
  const sought = parseAddress(address)
  if (!base || !sought || base.family !== sought.family) return false
  const width = base.family === 4 ? 32 : 128
  const length = slash < 0 ? width : prefixLength(block.slice(slash + 1), width)
  if (length === undefined) return false
  const shift = BigInt(width - length)
  return base.bits >> shift === sought.bits >> shift
}

/** True for a block of all addresses of a family. */
export function isEverywhere(block: string): boolean {
  return /^\s*(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-fA-F:]*:[\da-fA-F:.]*)\/0+\s*$/.test(block)
}

function prefixLength(text: string, width: number): number | undefined {
  return /^\d{1,3}$/.test(text) && Number(text) <= width ? Number(text) : undefined
}

function parseAddress(text: string): Address | undefined {
  const four = parseV4(text)
  if (four !== undefined) return { family: 4, bits: four }
  const six = parseV6(text)
  return six === undefined ? undefined : { family: 6, bits: six }
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let bits = 0n
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined
    bits = (bits << 8n) | BigInt(part)
  }
  return bits
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split('::')
  if (halves.length > 2 || !text.includes(':')) return undefined
  const [head, tail] = halves.map(groupsOf)
  if (!head || (halves.length === 2 && !tail)) return undefined
  const missing = 8 - head.length - (tail?.length ?? 0)
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const groups = [...head, ...Array<bigint>(halves.length === 2 ? missing : 0).fill(0n), ...(tail ?? [])]
  return groups.reduce((bits, group) => (bits << 16n) | group, 0n)
}

/** The 16-bit groups of a part of an IPv6 address, the last of which may be an IPv4 address. */
function groupsOf(text: string): bigint[] | undefined {
  if (text === '') return []
  const groups: bigint[] = []
  const parts = text.split(':')
  for (const [index, part] of parts.entries()) {
    const four = index === parts.length - 1 ? parseV4(part) : undefined
    if (four !== undefined) groups.push(four >> 16n, four & 0xffffn)
    else if (/^[\da-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`))
    else return undefined
  }
  return groups
}
