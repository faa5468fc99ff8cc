import { expect, it } from 'vitest'
import { isPublicAddress } from './public-address.ts'

it.each([
  ['8.8.8.8', true],
  ['172.15.0.1', true],
  ['172.16.0.1', false],
  ['172.32.0.1', true],
  ['100.63.0.1', true],
  ['100.64.0.1', false],
  ['169.254.1.1', false],
  ['239.1.1.1', false],
  ['2600:1f14::7', true],
  ['2001:db8::1', false],
  ['fd00::1', false],
  ['fe80::1', false],
  ['::1', false],
  ['', false],
  ['node-1', false],
])('%s: %s', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected)
})
