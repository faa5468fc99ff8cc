/** Builds the real Kubernetes servers from their Go modules, once, and finds them in the cache afterwards. */
import { execFile, spawn } from 'node:child_process'
import { access, constants, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cacheFolder } from './cache-folder.ts'
import { withLock } from './lock.ts'

export type BinaryName =
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'etcd'
  | 'kube-score'

/** Either the path of each binary asked for, or why there is none. Only `build-failed` is a fault to look into. */
export type Binaries<N extends BinaryName> =
  | { available: true; paths: Record<N, string> }
  | { available: false; reason: 'no-go' | 'go-too-old' | 'build-failed'; detail: string }

interface Recipe {
  /** Folder of the Go module that pins the version, beside this file. */
  module: string
  /** Module path whose required version names the binary's version. */
  versionOf: string
  /** Main package. */
  target: string
  /** Packages whose `gitVersion` and the like are told the version at link time. */
  stamp?: string
}

const KUBERNETES = {
  module: 'kubernetes',
  versionOf: 'k8s.io/kubernetes',
  stamp: 'k8s.io/component-base/version',
} as const

const RECIPES: Record<BinaryName, Recipe> = {
  'kube-apiserver': { ...KUBERNETES, target: 'k8s.io/kubernetes/cmd/kube-apiserver' },
  'kube-controller-manager': { ...KUBERNETES, target: 'k8s.io/kubernetes/cmd/kube-controller-manager' },
  'kube-scheduler': { ...KUBERNETES, target: 'k8s.io/kubernetes/cmd/kube-scheduler' },
  etcd: { module: 'etcd', versionOf: 'go.etcd.io/etcd/server/v3', target: 'go.etcd.io/etcd/server/v3' },
  'kube-score': {
    module: '../kube-score',
    versionOf: 'github.com/zegl/kube-score',
    target: 'github.com/zegl/kube-score/cmd/kube-score',
  },
}

export const BINARY_NAMES = Object.keys(RECIPES) as readonly BinaryName[]

/**
 * Finds each of `names` in the cache, building what is missing (kube-apiserver: about six minutes on two cores, the
 * others far less after it). Progress goes to `onLine`, one sentence a call.
 */
export async function ensureBinaries<N extends BinaryName>(
  names: readonly N[],
  onLine: (line: string) => void = line => process.stderr.write(`${line}\n`),
): Promise<Binaries<N>> {
  const paths = {} as Record<N, string>
  for (const name of names) {
    const path = await binaryPath(name)
    paths[name] = path
    if (await isExecutable(path)) continue
    const unable = await whyNoBuild(RECIPES[name])
    if (unable !== undefined) return { available: false, ...unable }
    const failure = await withLock(
      cacheFolder('kube', 'build.lock'),
      async () => ((await isExecutable(path)) ? undefined : await build(name, path, onLine)),
      holder => onLine(`${name}: waiting for the build in process ${holder}`),
    )
    if (failure !== undefined) return { available: false, reason: 'build-failed', detail: failure }
  }
  return { available: true, paths }
}

/** Where the binary of that name, in the pinned version, is or will be. */
export async function binaryPath(name: BinaryName): Promise<string> {
  return cacheFolder('kube', await binaryVersion(name), name)
}

/** The pinned version, `v1.34.4`, read from the go.mod that pins it. */
export async function binaryVersion(name: BinaryName): Promise<string> {
  const recipe = RECIPES[name]
  return await pinned(recipe, new RegExp(`^(?:require)?\\s*${recipe.versionOf}\\s+(v\\S+)`, 'm'))
}

async function pinned(recipe: Recipe, pattern: RegExp): Promise<string> {
  const found = pattern.exec(await readFile(join(moduleFolder(recipe), 'go.mod'), 'utf8'))?.[1]
  if (found === undefined) throw new Error(`no line like ${pattern} in ${moduleFolder(recipe)}/go.mod`)
  return found
}

function moduleFolder(recipe: Recipe): string {
  return fileURLToPath(new URL(`./${recipe.module}/`, import.meta.url))
}

async function isExecutable(path: string): Promise<boolean> {
  return await access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

async function whyNoBuild(
  recipe: Recipe,
): Promise<{ reason: 'no-go' | 'go-too-old'; detail: string } | undefined> {
  const wanted = await pinned(recipe, /^go (\d+\.\d+)/m)
  let have: string
  try {
    // GOTOOLCHAIN=local: what the installed one is, not what it would like to fetch for the module it stands in.
    const env = { ...process.env, GOTOOLCHAIN: 'local' }
    have = (await promisify(execFile)('go', ['env', 'GOVERSION'], { cwd: '/', env })).stdout.trim()
  } catch {
    return { reason: 'no-go', detail: `no cached binary, and no Go to build it with (Go ${wanted} or newer)` }
  }
  const [major = 0, minor = 0] = (/^go(\d+)\.(\d+)/.exec(have)?.slice(1) ?? []).map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number)
  // Since 1.21 an older Go can fetch the one that a module asks for by itself, unless told not to.
  const canBuild =
    major > wantedMajor || minor >= wantedMinor || (minor >= 21 && process.env.GOTOOLCHAIN !== 'local')
  if (canBuild) return undefined
  return { reason: 'go-too-old', detail: `no cached binary, and ${have} is older than Go ${wanted}` }
}

/** Builds to a temporary name and renames, so that a cached binary is always a whole one. Returns the failure's text. */
async function build(
  name: BinaryName,
  path: string,
  onLine: (line: string) => void,
): Promise<string | undefined> {
  const recipe = RECIPES[name]
  const version = await binaryVersion(name)
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(version) ?? []
  const stamps =
    recipe.stamp === undefined
      ? []
      : [`gitVersion=${version}`, `gitMajor=${major}`, `gitMinor=${minor}`].map(
          v => `-X ${recipe.stamp}.${v}`,
        )
  const draft = `${path}.${process.pid}.part`
  await mkdir(join(path, '..'), { recursive: true })

  const args = ['build', '-v', '-mod=readonly', '-trimpath', '-buildvcs=false', '-ldflags']
  args.push(['-s', '-w', ...stamps].join(' '), '-o', draft, recipe.target)
  const { GOOS: _os, GOARCH: _arch, ...inherited } = process.env
  const child = spawn('go', args, {
    cwd: moduleFolder(recipe),
    env: { ...inherited, CGO_ENABLED: '0', GOWORK: 'off' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exited = new Promise<number | Error | null>(resolve => {
    child.once('close', code => resolve(code))
    child.once('error', error => resolve(error))
  })
  const stop = () => child.kill('SIGKILL')
  process.once('exit', stop)

  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1000)
  const messages: string[] = []
  let compiled = 0
  onLine(`${name} ${version}: building; kept in ${path}`)
  const ticker = setInterval(() => onLine(`${name}: ${compiled} packages compiled, ${seconds()} s`), 15_000)
  try {
    for await (const line of createInterface({ input: child.stderr })) {
      // `-v` names each package as it is compiled; everything else is for people.
      if (/^[\w.\-/~]+$/.test(line)) compiled++
      else if (!line.startsWith('go: downloading ')) messages.push(line)
    }
    const code = await exited
    if (code !== 0) return `go build ${recipe.target} failed (${code}): ${messages.slice(-20).join('\n')}`
    await rename(draft, path)
    onLine(`${name} ${version}: built in ${seconds()} s`)
    return undefined
  } finally {
    clearInterval(ticker)
    process.off('exit', stop)
    await rm(draft, { force: true })
  }
}
