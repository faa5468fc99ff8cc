// Agent options: what an agent is told when it starts, and what it is given of the outside world.

import type { SliceId } from '@plimsoll/core'
import type { ClusterAddress } from '../cluster/cluster-request.ts'
import type { Collector, Environment, World } from '../collector.ts'
import type { LogLevel } from './log.ts'

export interface AgentOptions extends ClusterAddress {
  /** Of the Plimsoll server, such as `https://plimsoll.example.com`. */
  readonly server: string
  /** A file with the enrolment's token; read again as it changes. */
  readonly tokenFile: string
  /** PEM file with the authorities of the server's certificate; the system's own where absent. Read again as it changes. */
  readonly caFile?: string
  /** For the server alone; the environment's HTTPS_PROXY, HTTP_PROXY and NO_PROXY where absent. */
  readonly proxy?: string
  readonly noProxy?: string
  /** A folder for what waits to be sent. What lies in it is thrown away at the start. */
  readonly spool: string
  /** The most bytes that may lie there. */
  readonly spoolBytes?: number
  /** `host:port` for health, readiness and metrics; nothing listens where absent. */
  readonly listen?: string
  /** The Lease by which one of several replicas is chosen; this one leads where absent. */
  readonly lease?: { readonly namespace: string; readonly name: string }
  /** Milliseconds between full looks at everything. */
  readonly resync: number
  /** Parts of the API that are looked at; the others are gaps, and nobody is asked for them. Of Secrets, metadata alone is. */
  readonly slices: readonly SliceId[]
  readonly clusterName?: string
  readonly environmentName?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly logLevel: LogLevel
}

export interface AgentWorld {
  readonly environment: Environment
  readonly world: World
  readonly collector: Collector
  /** Where the log goes: a line a call, with its line feed. */
  readonly logTo: (line: string) => void
  /** Stops the agent in order. */
  readonly signal: AbortSignal
}
