// Agent setup: what an agent is told, whichever way it is installed.

import type { AgentOptions } from '../contract/api/enrolments.ts'
import type { Rule } from '../model/rule.ts'
import { type SliceId, sliceIds } from '../model/slice.ts'
import { type Permission, permissionsOf } from './permissions.ts'

/** Where the project publishes; options may name other places. */
export const published = {
  chart: 'oci://ghcr.io/plimsoll/charts/plimsoll-agent',
  image: 'ghcr.io/plimsoll/plimsoll',
  /** Of the chart and the image that belong to this program. */
  version: '0.1.0',
} as const

/** The release's name, and so that of every object. */
export const agentName = 'plimsoll-agent'

export interface AgentSetup {
  readonly server: string
  /** Absent where it is not told again: then what is installed says where to put it. */
  readonly token: string | undefined
  readonly cluster: {
    readonly name: string
    readonly environment: string
    readonly labels: Readonly<Record<string, string>>
  }
  readonly options: AgentOptions
  /** Version of chart and image. */
  readonly version: string
  /** What the ClusterRole grants is of these. */
  readonly permissions: readonly Permission[]
}

/** Stands for a token that is not told again. */
export const tokenPlaceholder = '<token>'

/** The setup of an agent that shall collect for these rules. */
export const agentSetup = (setup: Omit<AgentSetup, 'permissions'>, rules: Iterable<Rule>): AgentSetup => ({
  ...setup,
  permissions: permissionsOf(rules),
})

/** The slices that are on, in the order of all; `cluster` always is. */
export const slicesOn = ({ slices }: Pick<AgentOptions, 'slices'>): readonly SliceId[] =>
  sliceIds.filter(id => id === 'cluster' || slices.includes(id))

/** The Secret that holds the token. */
export const tokenSecret = ({ existingSecret }: Pick<AgentOptions, 'existingSecret'>): string =>
  existingSecret ?? `${agentName}-token`

/** Labels in the order of their keys, by code units. */
export const sortedEntries = (record: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))
