/** Finds the real Kubernetes servers in the cache, having them built from their Go modules the first time. */
import { access, constants } from 'node:fs/promises'
import { cacheFolder } from './cache-folder.ts'
import { type BuildFailure, goBuild } from './go-build.ts'
import { withLock } from './lock.ts'
import { type BinaryName, type KubernetesMinor, recipeOf } from './recipes.ts'

export type Binaries<N extends BinaryName> =
  | { available: true; paths: Record<N, string> }
  | ({ available: false } & BuildFailure)

export interface BinariesOptions {
  /** Default `1.34`. */
  kubernetes?: KubernetesMinor
  /** Takes the progress of a build, one sentence a call; default stderr. */
  onLine?: (line: string) => void
}

/**
 * The path of each of `names`, or why there is none. What is missing in the cache is built: kube-apiserver takes three
 * to six minutes on two cores, the others far less after it. Two processes never build at once; one waits.
 */
export async function ensureBinaries<N extends BinaryName>(
  names: readonly N[],
  options: BinariesOptions = {},
): Promise<Binaries<N>> {
  const { kubernetes = '1.34', onLine = line => process.stderr.write(`${line}\n`) } = options
  const paths = {} as Record<N, string>
  for (const name of names) {
    const recipe = await recipeOf(name, kubernetes)
    paths[name] = recipe.path
    if (await isExecutable(recipe.path)) continue
    const failure = await withLock(
      cacheFolder('kube', 'build.lock'),
      async () => ((await isExecutable(recipe.path)) ? undefined : await goBuild(recipe, onLine)),
      holder => onLine(`${name}: waiting for the build in process ${holder}`),
    )
    if (failure !== undefined) return { available: false, ...failure }
  }
  return { available: true, paths }
}

async function isExecutable(path: string): Promise<boolean> {
  return await access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
