// Check: runs every check and test in order, shows what failed, and closes with a line that counts them.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './modules.ts'

const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-check-'))
let passed = 0
let failed = 0

/** Runs a command with its output shown; true when it ended well. */
function run(name: string, command: string, ...args: string[]): boolean {
  console.log(`\n— ${name}`)
  const started = performance.now()
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  console.log(
    `  ${status === 0 ? 'ok' : `FAILED (exit ${status})`} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  )
  return status === 0
}

function step(name: string, script: string): void {
  if (run(name, 'npm', 'run', '--silent', script)) passed++
  else failed++
}

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numFailedTestSuites: number
}

/** Runs a vitest project and counts its tests; a project that did not report, or ran nothing, is a failure. */
function tests(project: string): void {
  const report = join(scratch, `${project}.json`)
  const ok = run(
    `tests: ${project}`,
    'npx',
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${report}`,
  )
  let counted: VitestReport | undefined
  try {
    counted = JSON.parse(readFileSync(report, 'utf8')) as VitestReport
  } catch {
    console.log(`  no report of ${project}`)
  }
  passed += counted?.numPassedTests ?? 0
  failed += counted?.numFailedTests ?? 0
  if (!ok && !counted?.numFailedTests) failed += Math.max(1, counted?.numFailedTestSuites ?? 1)
}

step('format, lint, unused code', 'lint')
step('types', 'types')
step('walls', 'walls')
step('generated files', 'generate:check')
step('build', 'build')
for (const project of ['unit', 'thorough', 'db', 'journeys', 'charts', 'web', 'chaos', 'e2e-kube'])
  tests(project)

rmSync(scratch, { recursive: true, force: true })
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
