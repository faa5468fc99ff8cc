// Real tools: the helm and kubectl binaries at hand for tests; nothing is installed for them.

import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { findTools, type Tool } from '../tools.ts'

/** Where `tools/kube-cli` unpacks binaries of several versions. */
const unpacked = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'plimsoll', 'kube-cli')

function unpackedTools(name: string): string[] {
  if (!existsSync(unpacked)) return []
  return readdirSync(unpacked)
    .map(folder => join(unpacked, folder, name))
    .filter(path => existsSync(path))
}

const onPath = findTools(process.env)
const pathsOf = (tool: Tool) => ('path' in tool ? [tool.path] : [])

/** Every helm at hand: both majors where `tools/kube-cli` was installed. */
export const helms: readonly string[] = [...new Set([...pathsOf(onPath.helm), ...unpackedTools('helm')])]

export const kubectl: string | undefined = [...pathsOf(onPath.kubectl), ...unpackedTools('kubectl')][0]

// One clear line each, instead of a list of skipped tests that nobody reads.
if (helms.length === 0)
  process.stderr.write(
    'helm is not at hand: charts are not rendered in this run; npx tsx tools/kube-cli/install.ts\n',
  )
if (kubectl === undefined)
  process.stderr.write('kubectl is not at hand: kustomizations are not built in this run\n')
