// Tools: finds the helm and kubectl binaries that render charts and kustomizations.

import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import type { Environment } from '../collector.ts'

/** Where a binary is, or why it cannot be used, as the end of a sentence. */
export type Tool = { readonly path: string } | { readonly missing: string }

export interface Tools {
  readonly helm: Tool
  readonly kubectl: Tool
}

/**
 * Finds helm and kubectl: the path given, else the one in PLIMSOLL_HELM or PLIMSOLL_KUBECTL, else the first on PATH. A
 * binary that was named but is not there is missing: no other is taken in its place.
 */
export function findTools(
  environment: Environment,
  given: { readonly helm?: string; readonly kubectl?: string } = {},
): Tools {
  return {
    helm: findTool('helm', given.helm, 'PLIMSOLL_HELM', environment),
    kubectl: findTool('kubectl', given.kubectl, 'PLIMSOLL_KUBECTL', environment),
  }
}

function findTool(name: string, given: string | undefined, variable: string, environment: Environment): Tool {
  const named = given ?? environment[variable]
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return { path: named }
    const by = given === undefined ? `${variable} names ` : ''
    return { missing: `${by}${named}, which is not an executable file` }
  }
  for (const folder of (environment.PATH ?? '').split(delimiter)) {
    // A relative entry of PATH would run a binary out of the folder that is being scanned.
    if (!isAbsolute(folder)) continue
    const path = join(folder, name)
    if (isExecutable(path)) return { path }
  }
  return { missing: `${name} is not on PATH and ${variable} is not set` }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
