// Modules: lists the TypeScript files of the packages and what each of them imports, type imports included.

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'

export const root = resolve(import.meta.dirname, '..')

export interface Import {
  /** As written: `../kube/path.ts`, `@plimsoll/core`, `node:fs`. */
  readonly specifier: string
  /** Path of the imported file from the repository's root; undefined for packages from outside. */
  readonly file: string | undefined
}

export interface Module {
  /** Path from the repository's root. */
  readonly file: string
  readonly imports: readonly Import[]
}

/** Every source file of the packages as git and the disk know them, tests included. */
export function listSources(): string[] {
  const listed = execFileSync(
    'git',
    [
      'ls-files',
      '--cached',
      '--others',
      '--exclude-standard',
      '--',
      ':(glob)packages/*/src/**/*.ts',
      ':(glob)packages/*/src/**/*.tsx',
    ],
    { cwd: root, encoding: 'utf8' },
  )
  return listed
    .split('\n')
    .filter(file => file !== '' && existsSync(join(root, file)))
    .sort()
}

/** Reads a source file's imports, exports from elsewhere, dynamic imports and import types. Throws when it does not parse. */
export function readModule(file: string): Module {
  const text = readFileSync(join(root, file), 'utf8')
  return {
    file,
    imports: importsOf(file, text).map(specifier => ({ specifier, file: resolveImport(file, specifier) })),
  }
}

/** The specifiers that a source text imports, in order, each once. */
export function importsOf(file: string, text: string): string[] {
  const { program, errors, module } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  const found = new Set<string>()
  for (const entry of module.staticImports) found.add(entry.moduleRequest.value)
  for (const entry of module.staticExports)
    for (const one of entry.entries) if (one.moduleRequest) found.add(one.moduleRequest.value)
  const take = (source: unknown) => {
    const literal = source as { type?: string; value?: unknown } | null
    if (literal?.type === 'Literal' && typeof literal.value === 'string') found.add(literal.value)
    else if (!/\.test\.tsx?$/.test(file))
      throw new Error(`${file}: an import whose module is computed cannot be held to the walls`)
  }
  new Visitor({
    ImportExpression: node => take(node.source),
    TSImportType: node => take((node as unknown as { source: unknown }).source),
  }).visit(program)
  return [...found]
}

function resolveImport(from: string, specifier: string): string | undefined {
  // Vite hands out the text of a file that is asked for as `?raw`.
  const path = specifier.replace(/\?raw$/, '')
  if (path.startsWith('.')) {
    const target = join(root, dirname(from), path)
    if (!existsSync(target) || !statSync(target).isFile())
      throw new Error(`${from} imports ${specifier}, which is no file`)
    return relative(root, target)
  }
  const own = /^@plimsoll\/([a-z]+)(?:\/(.+))?$/.exec(specifier)
  if (!own) return undefined
  const face = readExports(own[1] as string)[own[2] ? `./${own[2]}` : '.']
  if (!face) throw new Error(`${from} imports ${specifier}, which that package does not export`)
  return join('packages', own[1] as string, face)
}

const exportsRead = new Map<string, Record<string, string>>()
function readExports(name: string): Record<string, string> {
  const known = exportsRead.get(name)
  if (known) return known
  const manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')) as {
    exports?: Record<string, string>
  }
  const exported = manifest.exports ?? {}
  exportsRead.set(name, exported)
  return exported
}
