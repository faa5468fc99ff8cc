// Open endpoints: what a component of the control plane shows to those who have no right to it.

import type { Flags } from '../../../kube/control-plane/flags.ts'
import type { FlagFault } from './flag-rule.ts'

/** The flags that decide. */
export const openFlags = ['port', 'authorization-always-allow-paths'] as const

/** Health is for everybody, with its parts: `/healthz/etcd`. */
const health = /^\/?(?:healthz|livez|readyz)(?:\/.*)?$/

/** A port without TLS and rights, where the flag decides on it, and paths beyond health that need no right. */
export function* openEndpoints(flags: Flags, isPortByFlag = true): Generator<FlagFault> {
  const port = flags.number('port')
  if (isPortByFlag && port.value !== 0) yield { at: port, expected: '--port=0' }
  const paths = flags.list('authorization-always-allow-paths').value
  for (const at of paths)
    if (at.value !== '' && !health.test(at.value))
      yield { at, expected: '--authorization-always-allow-paths without paths beyond health' }
}
