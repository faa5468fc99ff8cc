// Fault of: for tests: the code of the fault that a deed ends with.

import { Fault, type FaultCode } from '../fault.ts'

/** `none` where it does what it is asked; what is no fault is thrown on. */
export async function faultOf(deed: Promise<unknown>): Promise<FaultCode | 'none'> {
  try {
    await deed
    return 'none'
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}
