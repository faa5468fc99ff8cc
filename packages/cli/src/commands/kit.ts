// Kit: what every command is given: the machine, the product's name, and what it may load when it needs it.

import type {
  CollectCluster,
  CollectFiles,
  findTools,
  kindsReadBy,
  OpenServerClient,
  openSnapshot,
  Preflight,
  RunAgent,
  saveSnapshot,
  UploadSnapshot,
  World,
} from '@plimsoll/collect'
import type { Edition, Rule } from '@plimsoll/core'
import type * as server from '@plimsoll/server'
import type { Host } from '../terminal/host.ts'
import type { ReportFormat } from './flags.ts'

export interface Catalogue {
  readonly rules: readonly Rule[]
  readonly editions: readonly Edition[]
}

export interface Collectors {
  readonly collectFiles: CollectFiles
  readonly collectCluster: CollectCluster
  readonly preflight: Preflight
  readonly runAgent: RunAgent
  readonly findTools: typeof findTools
  readonly kindsReadBy: typeof kindsReadBy
  readonly openSnapshot: typeof openSnapshot
  readonly saveSnapshot: typeof saveSnapshot
  readonly uploadSnapshot: UploadSnapshot
  readonly openServer: OpenServerClient
  readonly systemWorld: World
}

/** What the commands use of the server. */
export type Server = Pick<
  typeof server,
  | 'backupDatabase'
  | 'DatabaseError'
  | 'distributeDatabase'
  | 'migrateDatabase'
  | 'readConfig'
  | 'restoreDatabase'
  | 'StartError'
  | 'startServer'
  | 'verifyDatabase'
>

export interface Kit {
  readonly host: Host
  readonly tool: { readonly name: string; readonly version: string }
  /** The build of the web app that came with the program; it need not be there. */
  readonly webFolder?: string
  /** The rules and benchmarks; loaded only where asked for, since many commands do without. */
  loadCatalogue(): Promise<Catalogue>
  loadCollectors(): Promise<Collectors>
  /** The server, which no other command waits for. */
  loadServer(): Promise<Server>
}

/** 0 clean, 1 findings, 2 usage or input error, 3 something was not evaluated. */
export type ExitCode = 0 | 1 | 2 | 3

/** The flags that every verb knows. */
export interface GlobalFlags {
  readonly output?: ReportFormat
  readonly config?: string
  readonly verbose?: boolean
  readonly quiet?: boolean
  readonly color: boolean
}
