// Tests of fingerprints: the hash is FNV-1a of 64 bits, held against its definition.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fingerprint } from './fingerprint.ts'
import { entry, failure } from './testing/sample-assessment.ts'

function byDefinition(text: string): string {
  let hash = 0xcbf29ce484222325n
  for (let i = 0; i < text.length; i++)
    for (const byte of [text.charCodeAt(i) & 0xff, text.charCodeAt(i) >> 8])
      hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn
  return hash.toString(16).padStart(16, '0')
}

test('is FNV-1a over rule, resource, discriminator and parameters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (name, discriminator) => {
      const result = failure('host-pid', entry('Pod', name), { discriminator })
      expect(fingerprint(result)).toBe(
        byDefinition(JSON.stringify(['host-pid', result.resource, discriminator, null])),
      )
    }),
  )
})
