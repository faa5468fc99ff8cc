// Walls: says which room may import which, and finds every import that goes through a wall, upward or in a circle.

import type { Module } from './modules.ts'

interface Room {
  readonly name: string
  readonly floor: number
  readonly holds: (file: string) => boolean
}

const under = (folder: string) => (file: string) => file.startsWith(`packages/${folder}/`)
const room = (name: string, floor: number, holds = under(name.replace('/', '/src/'))): Room => ({
  name,
  floor,
  holds,
})

/** From the ground up; see docs/architecture.md. A file belongs to the first room that holds it. */
export const rooms: readonly Room[] = [
  room('core/model', 1),
  room('core/kube', 2),
  room('core/samples', 2),
  room('core/contract', 2),
  room('core/query', 2),
  room('core/catalogue', 3),
  room('core/engine', 3),
  room('core/graph', 3),
  room('core/report', 3),
  room('core/install', 3.2),
  room('core/face', 3.5, file => file === 'packages/core/src/index.ts'),
  room('collect', 4, under('collect/src')),
  // A package's rooms stand above the faces of the packages that it uses.
  room('server/store', 3.6),
  room('server/database', 3.8),
  room('server/services', 4),
  room('server/http', 5),
  room('server/jobs', 5),
  // Its main files: they wire it and are its face.
  room('server/main', 5.3, file => /^packages\/server\/src\/[a-z-]+\.ts$/.test(file)),
  room('cli/terminal', 4, under('cli/src/terminal')),
  room('cli/commands', 5.5, under('cli/src/commands')),
  // Browser code: screens use parts and data, never one another; the app puts them together.
  room('web/data', 4, under('web/src/data')),
  room('web/parts', 4.2, under('web/src/parts')),
  // A worker is a program of its own, as main.tsx is.
  room('web/worker', 6, file => /^packages\/web\/src\/screens\/[a-z-]+\/worker\.ts$/.test(file)),
  room('web/screens', 4.4, under('web/src/screens')),
  room('web/app', 5.5, under('web/src/app')),
  room('web/main', 6, file => /^packages\/web\/src\/[a-z-]+\.tsx?$/.test(file)),
  room('cli/main', 6, file => /^packages\/cli\/src\/[a-z-]+\.ts$/.test(file)),
]

export const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file) || file.includes('/testing/')
/** The rooms that put a program together, and so may bring the rules. */
const programs = new Set(['cli/main', 'server/main', 'web/worker'])
const catalogueIndex = 'packages/core/src/catalogue/index.ts'
/** The folder of the screen that a file belongs to. */
const screenOf = (file: string) => /^packages\/web\/src\/screens\/([^/]+)\//.exec(file)?.[1]
const isRule = (file: string) => file.startsWith('packages/core/src/catalogue/rules/')

/** What is wrong, a sentence each; empty when the house stands. */
export function findBreaches(modules: readonly Module[]): string[] {
  const shipped = modules.filter(module => !isTest(module.file))
  return [...shipped.flatMap(breachesOf), ...findCircles(shipped)]
}

function roomOf(file: string): Room | undefined {
  return rooms.find(one => one.holds(file))
}

function breachesOf(module: Module): string[] {
  const from = roomOf(module.file)
  if (!from) return [`${module.file} stands in no room: name its room in scripts/walls.ts`]
  const breaches: string[] = []
  for (const { specifier, file } of module.imports) {
    if (from.name.startsWith('core/') && specifier.startsWith('node:'))
      breaches.push(`${module.file} imports ${specifier}: core is pure`)
    if (file === undefined) continue
    if (isTest(file)) breaches.push(`${module.file} imports the test ${file}`)
    const to = roomOf(file)
    if (!to) breaches.push(`${module.file} imports ${file}, which stands in no room`)
    else if (file === catalogueIndex) {
      if (!programs.has(from.name))
        breaches.push(`${module.file} imports the catalogue's index: only main files may`)
    } else if (to !== from && to.floor >= from.floor)
      breaches.push(
        `${module.file} (${from.name}, floor ${from.floor}) imports ${file} (${to.name}, floor ${to.floor})`,
      )
    if (from.name.startsWith('web/') && /^packages\/(?!core|web)/.test(file))
      breaches.push(`${module.file} imports ${file}: browser code uses core and nothing else of ours`)
    const screen = screenOf(module.file)
    if (screen && screenOf(file) && screenOf(file) !== screen)
      breaches.push(`${module.file} imports the screen ${file}: screens never import each other`)
    const crosses = module.file.split('/')[1] !== file.split('/')[1]
    if (crosses && specifier.startsWith('.'))
      breaches.push(`${module.file} imports ${file} by path: another package is imported by its name`)
    if (to === from && module.file !== file && !crosses && file.endsWith('/index.ts'))
      breaches.push(`${module.file} imports its own room's face ${file}: import the file itself`)
  }
  return breaches
}

/** Rule files import no other rule file; circles of any length are named once, from their first file. */
function findCircles(modules: readonly Module[]): string[] {
  const byFile = new Map(modules.map(module => [module.file, module]))
  const state = new Map<string, 'open' | 'done'>()
  const trail: string[] = []
  const found: string[] = []
  const visit = (file: string): void => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      found.push(`a circle: ${[...trail.slice(trail.indexOf(file)), file].join(' → ')}`)
      return
    }
    state.set(file, 'open')
    trail.push(file)
    for (const next of byFile.get(file)?.imports ?? [])
      if (next.file && byFile.has(next.file)) visit(next.file)
    trail.pop()
    state.set(file, 'done')
  }
  for (const module of modules) visit(module.file)
  return found
}

/** Where statements may stand: the store, its schema's runner, and what looks after the database itself. */
const mayHoldSql = /^packages\/server\/src\/(?:store|database)\//

/** Files of the server that speak SQL elsewhere: by kysely's own texts or builders, or by a query of the driver. */
export function findSqlOutside(files: readonly { readonly file: string; readonly text: string }[]): string[] {
  return files
    .filter(({ file }) => file.startsWith('packages/server/src/') && !mayHoldSql.test(file) && !isTest(file))
    .flatMap(({ file, text }) =>
      text
        .split('\n')
        .flatMap((line, index) =>
          speaksSql.test(line) ? [`${file}:${index + 1} speaks SQL, which stands in server/store`] : [],
        ),
    )
}

const speaksSql =
  /\bsql(?:<[^`]*>)?`|\.(?:selectFrom|insertInto|updateTable|deleteFrom|replaceInto|mergeInto)\(|\.query(?:<[^(]*>)?\(\s*['"`{]/

/** Rule files that import other rule files; `ruleFiles` are those that define a rule. */
export function findRuleImports(modules: readonly Module[], ruleFiles: ReadonlySet<string>): string[] {
  return modules
    .filter(module => ruleFiles.has(module.file))
    .flatMap(module =>
      module.imports
        .filter(one => one.file !== undefined && isRule(one.file) && ruleFiles.has(one.file))
        .map(one => `${module.file} imports the rule ${one.file}: rules never import each other`),
    )
}
