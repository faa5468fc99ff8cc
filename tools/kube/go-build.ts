/** Builds one binary with the installed Go, telling how far it is. */
import { execFile, spawn } from 'node:child_process'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import type { Recipe } from './recipes.ts'

/** Why no binary came of it. Only `build-failed` is a fault to look into. */
export interface BuildFailure {
  reason: 'no-go' | 'go-too-old' | 'build-failed'
  detail: string
}

/** Builds to a temporary name and renames, so that a binary at `recipe.path` is always a whole one. */
export async function goBuild(
  recipe: Recipe,
  onLine: (line: string) => void,
): Promise<BuildFailure | undefined> {
  const unable = await whyNoBuild(recipe)
  if (unable !== undefined) return unable

  const { name, version, path } = recipe
  const draft = `${path}.${process.pid}.part`
  await mkdir(dirname(path), { recursive: true })
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1000)
  let compiled = 0
  onLine(`${name} ${version}: building, to be kept in ${path}`)
  const ticker = setInterval(() => onLine(`${name}: ${compiled} packages compiled, ${seconds()} s`), 15_000)
  try {
    const failure = await compile(recipe, draft, () => compiled++)
    if (failure !== undefined) return { reason: 'build-failed', detail: failure }
    await rename(draft, path)
    onLine(`${name} ${version}: built in ${seconds()} s`)
    return undefined
  } finally {
    clearInterval(ticker)
    await rm(draft, { force: true })
  }
}

async function whyNoBuild(recipe: Recipe): Promise<BuildFailure | undefined> {
  const go = promisify(execFile)
  let version: string
  try {
    version = (await go('go', ['version'], { cwd: '/' })).stdout.trim()
  } catch {
    return { reason: 'no-go', detail: `no ${recipe.name} in the cache, and no Go to build it with` }
  }
  try {
    // An older Go may be allowed to fetch the one that the module asks for; Go itself knows.
    await go('go', ['list', '-m'], { cwd: recipe.moduleFolder, env: environment() })
    return undefined
  } catch (error) {
    const why = (error as { stderr?: string }).stderr?.trim() ?? String(error)
    return { reason: 'go-too-old', detail: `no ${recipe.name} in the cache, and ${version} says: ${why}` }
  }
}

/** Returns the last lines of the compiler if it failed. */
async function compile(recipe: Recipe, to: string, onPackage: () => void): Promise<string | undefined> {
  const linker = ['-s', '-w', ...recipe.stamps].join(' ')
  const options = ['-v', '-mod=readonly', '-trimpath', '-buildvcs=false', '-ldflags', linker, '-o', to]
  const child = spawn('go', ['build', ...options, recipe.target], {
    cwd: recipe.moduleFolder,
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const stop = () => child.kill('SIGKILL')
  process.once('exit', stop)
  const ended = new Promise<string>(resolve => {
    child.once('close', (code, signal) => resolve(signal ?? `code ${code}`))
    child.once('error', error => resolve(String(error)))
  })
  const messages: string[] = []
  for await (const line of createInterface({ input: child.stderr })) {
    // `-v` names each package as it is compiled; everything else is for people.
    if (/^[\w.\-/~]+$/.test(line)) onPackage()
    else if (!line.startsWith('go: downloading ')) messages.push(line)
  }
  const outcome = await ended
  process.off('exit', stop)
  if (outcome === 'code 0') return undefined
  return `go build ${recipe.target} ended with ${outcome}: ${messages.slice(-20).join('\n')}`
}

/** For this machine and without C, whatever is set for other work. */
function environment(): NodeJS.ProcessEnv {
  const { GOOS: _os, GOARCH: _arch, ...inherited } = process.env
  return { ...inherited, CGO_ENABLED: '0', GOWORK: 'off' }
}
