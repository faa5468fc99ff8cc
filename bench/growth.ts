// Growth: how the cost of a scan grows with what it reads: `npx tsx bench/growth.ts [part of a name] [format]`.
//
// Each input is scanned at a size and at four times that size by the built command line; CPU time less that of an empty scan must grow
// about fourfold. Sixteenfold would be quadratic; what grows more than eightfold is marked, and the exit code is then 1.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { growthInputs } from './growth-inputs.ts'

const program = fileURLToPath(new URL('../packages/cli/dist/plimsoll.mjs', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-growth-'))
const figuresFile = join(scratch, 'figures.json')
const hook = `import{writeFileSync}from"node:fs";process.on("exit",()=>writeFileSync(${JSON.stringify(figuresFile)},JSON.stringify(process.resourceUsage())))`

interface Cost {
  /** CPU seconds. */
  readonly seconds: number
  readonly peakMiB: number
}

/** The cost of scanning a folder: the least CPU time of three runs. */
function costOf(folder: string, format: string): Cost {
  const costs = [1, 2, 3].map(() => {
    const { status, signal } = spawnSync(
      process.execPath,
      [
        `--import=data:text/javascript,${encodeURIComponent(hook)}`,
        program,
        'scan',
        folder,
        '-q',
        '-o',
        format,
      ],
      { stdio: 'ignore' },
    )
    if (signal !== null || status === null) throw new Error(`a scan was ended by ${signal}`)
    const used = JSON.parse(readFileSync(figuresFile, 'utf8')) as NodeJS.ResourceUsage
    return { seconds: (used.userCPUTime + used.systemCPUTime) / 1e6, peakMiB: used.maxRSS / 1024 }
  })
  return costs.reduce((least, one) => (one.seconds < least.seconds ? one : least))
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = join(scratch, 'input')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

const [part = '', onlyFormat] = process.argv.slice(2)
const bare = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'
let isOut = false
console.log(
  '| input | format | size | s at size | s at 4× | growth | MiB at 4× |\n| --- | --- | --- | --- | --- | --- | --- |',
)
for (const format of onlyFormat === undefined ? ['json', 'table', 'html'] : [onlyFormat]) {
  const floor = costOf(folderWith({ 'a.yaml': bare }), format).seconds
  for (const [name, [size, files]] of Object.entries(growthInputs)) {
    if (!name.includes(part)) continue
    const small = costOf(folderWith(files(size)), format).seconds
    const large = costOf(folderWith(files(4 * size)), format)
    // What is hardly measurable says nothing of growth.
    const growth = (large.seconds - floor) / Math.max(small - floor, 0.03)
    if (growth > 8) isOut = true
    console.log(
      `| ${name} | ${format} | ${size} | ${small.toFixed(2)} | ${large.seconds.toFixed(2)} | ${growth.toFixed(1)}×${growth > 8 ? ' !' : ''} | ${large.peakMiB.toFixed(0)} |`,
    )
  }
}
rmSync(scratch, { recursive: true, force: true })
process.exitCode = isOut ? 1 : 0
