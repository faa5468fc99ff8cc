// Open server: a client of a Plimsoll server's API, as commands that list what it knows use it.

import { type Attempt, succeed } from '@plimsoll/core'
import type { Environment } from '../collector.ts'
import { type Call, type ServerAddress, ServerClient, ServerFailure } from './server-client.ts'

export interface OpenServer {
  /** The JSON of an answer; throws what `isFailure` knows. */
  readonly call: (call: Call, signal?: AbortSignal) => Promise<unknown>
  /** True for what the server refuses, and for a server that cannot be reached (status 0). */
  readonly isFailure: (error: unknown) => error is ServerFailure
  readonly close: () => void
}

export type OpenServerClient = (address: ServerAddress, environment: Environment) => Attempt<OpenServer>

/** Refuses an address that is none with `usage`; speaks to nobody yet. */
export const openServer: OpenServerClient = (address, environment) => {
  const opened = ServerClient.open(address, environment)
  if (!opened.ok) return opened
  const client = opened.value
  return succeed({
    call: (call, signal) => client.call(call, signal),
    isFailure: (error): error is ServerFailure => error instanceof ServerFailure,
    close: () => client.close(),
  })
}
