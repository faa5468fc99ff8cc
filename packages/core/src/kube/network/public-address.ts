// Public address: whether an address is one that the internet routes.
//
// Source: IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890), and RFC 6598 for the carriers' shared space.

import { blockHolds } from './cidr.ts'

const special = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]

/** True for an IPv4 address outside of the special blocks, or an IPv6 address of the global unicast block; false for other texts. */
export function isPublicAddress(address: string): boolean {
  if (address.includes(':')) return blockHolds('2000::/3', address) && !blockHolds('2001:db8::/32', address)
  return blockHolds('0.0.0.0/0', address) && !special.some(block => blockHolds(block, address))
}
