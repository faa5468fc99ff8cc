// Installation: how the agent of an enrolment is installed, for its options and this server.

import { agentSetup, type Installation, installationOf, published, type Rule } from '@plimsoll/core'
import type { EnrolmentView } from './enrolments.ts'

export interface Publishing {
  readonly rules: readonly Rule[]
  /** As collectors reach the server. */
  readonly publicOrigin: string
}

/** Commands and texts; the token stands in them where it is given, for it is told once, and a word in its place elsewhere. */
export const installationFor = (
  { rules, publicOrigin }: Publishing,
  { name, environment, labels, options }: Pick<EnrolmentView, 'name' | 'environment' | 'labels' | 'options'>,
  token?: string,
): Installation =>
  installationOf(
    agentSetup(
      {
        server: publicOrigin,
        token,
        cluster: { name, environment, labels },
        options,
        version: published.version,
      },
      rules,
    ),
  )
