// Fingerprint: a short stable mark of a finding: of its rule, asset and discriminator, never of its lines or values.

import { hashText } from '../model/hash.ts'
import type { Result } from '../model/result.ts'

/** 16 hexadecimal digits, the same in every scan of the same finding. */
export const fingerprint = ({ rule, resource, discriminator, parameters }: Result): string =>
  hashText(JSON.stringify([rule, resource, discriminator ?? null, parameters ?? null]))
