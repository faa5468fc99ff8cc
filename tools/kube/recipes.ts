/** Says of each binary from which Go module it is built, in which version, and where it is kept. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from './cache-folder.ts'

export const BINARY_NAMES = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kube-score',
] as const
export type BinaryName = (typeof BINARY_NAMES)[number]

/** Kubernetes minors whose servers can be built; each has its go.mod in `kubernetes-<minor>`. */
export const KUBERNETES_MINORS = ['1.34', '1.37'] as const
export type KubernetesMinor = (typeof KUBERNETES_MINORS)[number]

export interface Recipe {
  name: BinaryName
  /** Folder of the go.mod and go.sum that pin everything the binary is made of. */
  moduleFolder: string
  /** The main package. */
  target: string
  /** Its version, such as `v1.34.4`: the one that the go.mod requires of `target`'s module. */
  version: string
  /** Arguments of the linker that tell the binary its version, where it has no other way to know. */
  stamps: string[]
  /** Where the built binary is kept. */
  path: string
}

const ETCD = 'go.etcd.io/etcd/server/v3'
const KUBE_SCORE = 'github.com/zegl/kube-score'
const KUBERNETES = 'k8s.io/kubernetes'
const VERSION_PACKAGE = 'k8s.io/component-base/version'

/** The recipe of a binary; `minor` counts for the servers of Kubernetes alone. */
export async function recipeOf(name: BinaryName, minor: KubernetesMinor): Promise<Recipe> {
  if (name === 'etcd') return await recipe(name, './etcd/', ETCD, ETCD)
  if (name === 'kube-score')
    return await recipe(name, '../kube-score/', KUBE_SCORE, `${KUBE_SCORE}/cmd/kube-score`)
  const made = await recipe(name, `./kubernetes-${minor}/`, KUBERNETES, `${KUBERNETES}/cmd/${name}`)
  const [major, ofMajor] = made.version.slice(1).split('.')
  const values = { gitVersion: made.version, gitMajor: major, gitMinor: ofMajor }
  const stamps = Object.entries(values).map(([key, value]) => `-X ${VERSION_PACKAGE}.${key}=${value}`)
  return { ...made, stamps }
}

async function recipe(name: BinaryName, folder: string, module: string, target: string): Promise<Recipe> {
  const moduleFolder = fileURLToPath(new URL(folder, import.meta.url))
  const text = await readFile(join(moduleFolder, 'go.mod'), 'utf8')
  const version = new RegExp(`^(?:require)?\\s*${module}\\s+(v\\S+)`, 'm').exec(text)?.[1]
  if (version === undefined) throw new Error(`${moduleFolder}go.mod requires no ${module}`)
  return { name, moduleFolder, target, version, stamps: [], path: cacheFolder('kube', version, name) }
}
