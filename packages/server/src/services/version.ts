// Version: holds a change against the version of the thing that it was made from.

import { Fault } from './fault.ts'

/** Throws `precondition-failed` where the thing is not at the version named; nothing is asked where none is. */
export function ensureVersion(named: number | undefined, current: number): void {
  if (named !== undefined && named !== current)
    throw new Fault('precondition-failed', 'it was changed in between; read it again and repeat the change')
}
