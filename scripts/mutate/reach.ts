// Reach: which declarations decide a rule's verdicts: its own, and those of helpers in the catalogue that it calls.

import { dirname, resolve } from 'node:path'
import { walkLive } from './live.ts'
import { childOf, isFunction, isName, listOf, type Node, nameOf, parse } from './syntax.ts'

/** A source file of the catalogue's rules, taken apart. */
export interface Source {
  readonly file: string
  readonly text: string
  readonly program: Node
  /** What it declares outermost, and by which names. */
  readonly declarations: readonly Declaration[]
  /** Names that it imports: from which file, and how they are called there. */
  readonly imports: ReadonlyMap<string, { readonly file: string; readonly name: string }>
}

export interface Declaration {
  readonly names: readonly string[]
  readonly node: Node
}

export interface Reached {
  readonly source: Source
  readonly declaration: Declaration
}

/** Takes a source file apart; imports by relative paths only, since other packages are none of the catalogue. */
export function readSource(file: string, text: string): Source {
  const program = parse(file, text)
  const imports = new Map<string, { file: string; name: string }>()
  const declarations: Declaration[] = []
  for (const statement of listOf(program, 'body')) {
    if (statement.type === 'ImportDeclaration') {
      const from = childOf(statement, 'source')?.value as string
      if (!from.startsWith('.') || statement.importKind === 'type') continue
      for (const specifier of listOf(statement, 'specifiers')) {
        const local = nameOf(childOf(specifier, 'local'))
        const name = nameOf(childOf(specifier, 'imported'))
        if (local !== undefined && name !== undefined && specifier.importKind !== 'type')
          imports.set(local, { file: resolve(dirname(file), from), name })
      }
    } else declarations.push(...declarationsIn(statement))
  }
  return { file, text, program, declarations, imports }
}

/**
 * The declarations that a name of a file leads to through live code, in the files that `read` knows; imports of others end there.
 * Statements that run when a module is loaded count where they touch what is reached.
 */
export function reach(from: Source, name: string, read: (file: string) => Source | undefined): Reached[] {
  const found = new Set<Declaration>()
  const reached: Reached[] = []
  const follow = (source: Source, wanted: string): void => {
    const own = source.declarations.filter(
      ({ names, node }) => names.includes(wanted) || (names.length === 0 && referencesIn(node).has(wanted)),
    )
    for (const declaration of own) {
      if (found.has(declaration)) continue
      found.add(declaration)
      reached.push({ source, declaration })
      for (const reference of referencesIn(declaration.node)) follow(source, reference)
    }
    const imported = own.length === 0 ? source.imports.get(wanted) : undefined
    const other = imported && read(imported.file)
    if (imported && other) follow(other, imported.name)
  }
  follow(from, name)
  return reached
}

/** One for each declarator, since constants that stand together need not be used together; none for types. */
function declarationsIn(statement: Node): Declaration[] {
  const exported = statement.type === 'ExportNamedDeclaration' ? childOf(statement, 'declaration') : statement
  if (!exported || exported.type.startsWith('TS') || exported.type.startsWith('Export')) return []
  if (exported.type === 'VariableDeclaration')
    return listOf(exported, 'declarations').map(node => ({ names: bindingsOf(childOf(node, 'id')), node }))
  const name = exported.type === 'FunctionDeclaration' ? nameOf(childOf(exported, 'id')) : undefined
  return [{ names: name === undefined ? [] : [name], node: exported }]
}

/** The names that a pattern binds. */
function bindingsOf(pattern: Node | undefined): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name as string]
    case 'AssignmentPattern':
      return bindingsOf(childOf(pattern, 'left'))
    case 'RestElement':
      return bindingsOf(childOf(pattern, 'argument'))
    case 'ArrayPattern':
      return listOf(pattern, 'elements').flatMap(bindingsOf)
    case 'ObjectPattern':
      return listOf(pattern, 'properties').flatMap(property =>
        bindingsOf(property.type === 'Property' ? childOf(property, 'value') : property),
      )
    default:
      return []
  }
}

/** The names of elsewhere that live code reads: those that it does not bind itself in a function or block. */
function referencesIn(root: Node): Set<string> {
  const read = new Set<string>()
  const bound = new Set<string>()
  walkLive(root, (node, around) => {
    if (isFunction(node))
      for (const parameter of listOf(node, 'params'))
        for (const name of bindingsOf(parameter)) bound.add(name)
    if (node.type === 'VariableDeclarator' && node !== root)
      for (const name of bindingsOf(childOf(node, 'id'))) bound.add(name)
    if (node.type === 'Identifier' && !isName(node, around.at(-1))) read.add(node.name as string)
  })
  for (const name of bound) read.delete(name)
  return read
}
