import { describe, expect, it } from 'vitest'
import { blockHolds, isEverywhere } from './cidr.ts'

describe('a block of addresses', () => {
  it.each<[string, string, boolean]>([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['169.254.169.254/32', '169.254.169.254', true],
    ['169.254.169.254', '169.254.169.254', true],
    ['169.254.169.252/31', '169.254.169.254', false],
    ['0.0.0.0/0', '203.0.113.1', true],
    ['0.0.0.0/0', '::1', false],
    ['::/0', '203.0.113.1', false],
    ['fd00:ec2::/32', 'fd00:ec2::254', true],
    ['fd00:ec3::/32', 'fd00:ec2::254', false],
    ['::ffff:0:0/96', '::ffff:10.0.0.1', true],
    ['10.0.0.0/33', '10.0.0.0', false],
    ['10.0.0/8', '10.0.0.0', false],
    ['10.0.0.0/', '10.0.0.0', false],
    ['1:2:3:4:5:6:7:8/128', '1:2:3:4:5:6:7:8', true],
    ['1:2:3:4:5:6:7/128', '1:2:3:4:5:6:7:8', false],
    ['1::2::3/128', '1::2', false],
    ['zz::/16', 'zz::', false],
  ])('%s holds %s: %s', (block, address, expected) => {
    expect(blockHolds(block, address)).toBe(expected)
  })

  it.each<[string, boolean]>([
    ['0.0.0.0/0', true],
    [' 0.0.0.0/0 ', true],
    ['10.0.0.0/0', true],
    ['::/0', true],
    ['::/00', true],
    ['0.0.0.0/1', false],
    ['0.0.0.0', false],
    ['everywhere/0', false],
  ])('%s is everywhere: %s', (block, expected) => {
    expect(isEverywhere(block)).toBe(expected)
  })
})
