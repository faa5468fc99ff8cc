/** Command: `npx tsx tools/kube/build.ts [--kubernetes 1.37] [binary ...]` builds binaries and prints their paths. */
import { parseArgs } from 'node:util'
import { ensureBinaries } from './binaries.ts'
import { BINARY_NAMES, type BinaryName, KUBERNETES_MINORS, type KubernetesMinor } from './recipes.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kubernetes: { type: 'string', default: KUBERNETES_MINORS[0] } },
})
const names = positionals.length === 0 ? BINARY_NAMES : known(BINARY_NAMES, positionals, 'binary')
const [kubernetes] = known(KUBERNETES_MINORS, [values.kubernetes], 'Kubernetes version') as [KubernetesMinor]

const result = await ensureBinaries(names as readonly BinaryName[], { kubernetes })
if (result.available) {
  for (const name of names) console.log(result.paths[name])
} else {
  console.error(`not available (${result.reason}): ${result.detail}`)
  process.exitCode = 1
}

function known<T extends string>(all: readonly T[], asked: readonly string[], what: string): T[] {
  const unknown = asked.find(name => !(all as readonly string[]).includes(name))
  if (unknown !== undefined) {
    console.error(`unknown ${what} ${unknown}; known: ${all.join(', ')}`)
    process.exit(2)
  }
  return asked as T[]
}
