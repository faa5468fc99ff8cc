// Mutate: says by how many of the faults that could be written into each rule its examples notice; writes docs/quality/mutation.md.

import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from './modules.ts'
import { equivalents } from './mutate/equivalents.ts'
import { leastShare, mutationReport, shareOf } from './mutate/report.ts'
import { type FileScore, Trial } from './mutate/trial.ts'

const folder = join(root, 'packages/core/src/catalogue/rules')
const report = join(root, 'docs/quality/mutation.md')

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rule: { type: 'string', multiple: true }, changed: { type: 'boolean' } },
})

const listed = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .sort()
const ruleFiles = listed.filter(file =>
  /^export const rule\b/m.test(readFileSync(join(folder, file), 'utf8')),
)

/** The files asked for: rules by their ids, areas or files by their paths, or what git says has changed; undefined for all. */
function filesAskedFor(): string[] | undefined {
  const below = positionals.flatMap(path => {
    const found = listed.filter(file => file === path || file === `${path}.ts` || file.startsWith(`${path}/`))
    if (found.length === 0) throw new Error(`there is nothing at ${path}`)
    return found
  })
  const named = (values.rule ?? []).map(id => {
    const file = ruleFiles.find(one => basename(one, '.ts') === id)
    if (file === undefined) throw new Error(`there is no rule ${id}`)
    return file
  })
  if (!values.changed) return values.rule || positionals.length > 0 ? [...named, ...below] : undefined
  const status = execFileSync('git', ['status', '--porcelain', '--untracked-files=all', '--', folder], {
    cwd: root,
    encoding: 'utf8',
  })
  const changed = status.split('\n').map(line => relative(folder, join(root, line.slice(3))))
  return [...named, ...below, ...changed.filter(file => listed.includes(file))]
}

const asked = filesAskedFor()
const trial = await Trial.of(folder, ruleFiles, equivalents)
const files = trial.files.filter(file => asked?.includes(file) ?? true)
const scores: FileScore[] = []
for (const [index, file] of files.entries()) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${index + 1} of ${files.length}: ${file}`)
  scores.push(trial.try(file))
}
if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')

for (const { file, survivors } of asked ? scores : [])
  for (const { line, within, from, to } of survivors)
    console.log(`${file}:${line} ${within}: ${from}  →  ${to}`)
const weak = scores.filter(score => shareOf(score) < leastShare)
for (const score of weak)
  console.log(`${score.file}: ${score.killed} of ${score.mutants - score.equivalent}, under ${leastShare} %`)
for (const fault of trial.broken) console.log(`not tried: ${fault}`)
const idle = trial.idle(files)
for (const { file, code } of idle) console.log(`${file}: no longer equivalent, or no longer there: ${code}`)

if (!asked) {
  mkdirSync(dirname(report), { recursive: true })
  writeFileSync(report, mutationReport(scores, equivalents))
}
const mutants = scores.reduce((sum, score) => sum + score.mutants - score.equivalent, 0)
const killed = scores.reduce((sum, score) => sum + score.killed, 0)
console.log(
  `${scores.length} files, ${mutants} mutations, ${killed} noticed, ${weak.length} files under ${leastShare} %`,
)
process.exitCode = weak.length + idle.length + trial.broken.length === 0 ? 0 : 1
