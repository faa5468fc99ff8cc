// Start: runs the product's main job: a scan of what was named, of the cluster at hand if a person says yes, else of the bundled sample.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'

const root = resolve(import.meta.dirname, '..')
const plimsoll = join(root, 'bin', 'plimsoll')

/** Runs `plimsoll scan` with its output shown; the exit code, where 1 and 3 are findings and gaps, not faults. */
function scan(args) {
  const { status, error } = spawnSync(plimsoll, ['scan', ...args], { stdio: 'inherit' })
  if (error) throw error
  return status ?? 2
}

/** True when a kubeconfig is there and a person at the terminal agrees to have its current cluster looked at. */
async function isClusterConfirmed() {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false
  const files = (process.env.KUBECONFIG ?? join(homedir(), '.kube', 'config')).split(delimiter)
  if (!files.some(file => file !== '' && existsSync(file))) return false
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(
    'A kubeconfig is here. Scan its current cluster, reading only? [y/N] ',
  )
  terminal.close()
  return /^y(es)?$/i.test(answer.trim())
}

const given = process.argv.slice(2)
let code
if (given.length > 0) code = scan(given)
else if (await isClusterConfirmed()) code = scan(['--live'])
else {
  code = scan([join(root, 'samples')])
  console.error(`
That was the bundled sample, so findings are expected. Next:
  bin/plimsoll scan path/to/manifests       your own files, charts or kustomizations
  bin/plimsoll scan --live                  the cluster of your current kubeconfig context, reading only
  bin/plimsoll explain privileged-container what a rule says, and how to mend what it finds`)
}
process.exitCode = code === 2 ? 2 : 0
