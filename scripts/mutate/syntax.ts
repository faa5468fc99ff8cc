// Syntax: TypeScript source as a tree of nodes, and the few questions that mutation asks of such a tree.

import { parseSync } from 'oxc-parser'

/** A node of the tree (ESTree with TypeScript's nodes); `start` and `end` are places in the source's text. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [field: string]: unknown
}

/** The tree of a source. Throws where it does not parse. */
export function parse(file: string, text: string): Node {
  const { program, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  return program as unknown as Node
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}

/** What a node is made of, in the order of its fields. */
export function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap(value =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  )
}

/** The child or children in a field that holds nodes by the grammar. */
export const childOf = (node: Node, field: string): Node | undefined => {
  const value = node[field]
  return isNode(value) ? value : undefined
}
export const listOf = (node: Node, field: string): readonly Node[] => {
  const value = node[field]
  return Array.isArray(value) ? value.filter(isNode) : []
}

/** The name of an identifier, or of a property's key that is not computed. */
export function nameOf(node: Node | undefined): string | undefined {
  if (node?.type === 'Identifier') return node.name as string
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}

/** The name of the property that a literal object's member has; undefined for spreads and computed keys. */
export function keyOf(property: Node): string | undefined {
  return property.type === 'Property' && property.computed !== true
    ? nameOf(childOf(property, 'key'))
    : undefined
}

/** An expression without parentheses and what only types say of it. */
export function bare(node: Node): Node {
  const wrappers = [
    'ParenthesizedExpression',
    'TSAsExpression',
    'TSSatisfiesExpression',
    'TSNonNullExpression',
  ]
  const inner = wrappers.includes(node.type) ? childOf(node, 'expression') : undefined
  return inner ? bare(inner) : node
}

const functions = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']
export const isFunction = (node: Node | undefined): node is Node =>
  node !== undefined && functions.includes(node.type)

const loops = ['ForStatement', 'ForOfStatement', 'ForInStatement', 'WhileStatement', 'DoWhileStatement']
export const isLoop = (node: Node): boolean => loops.includes(node.type)

/** The line of a place in a text; the first is 1. */
export function lineAt(text: string, place: number): number {
  return text.slice(0, place).split('\n').length
}

/** An identifier that names a member, a property or what is declared, and reads nothing. */
export function isName(node: Node, parent: Node | undefined): boolean {
  if (!parent) return false
  if (parent.type === 'MemberExpression')
    return childOf(parent, 'property') === node && parent.computed !== true
  if (parent.type === 'Property')
    return childOf(parent, 'key') === node && parent.computed !== true && childOf(parent, 'value') !== node
  return (
    (parent.type === 'VariableDeclarator' || parent.type === 'FunctionDeclaration') &&
    bare(node) === childOf(parent, 'id')
  )
}

/** The name of the method that a call calls. */
export function methodOf(call: Node): string | undefined {
  const callee = childOf(call, 'callee')
  return callee?.type === 'MemberExpression' && callee.computed !== true
    ? nameOf(childOf(callee, 'property'))
    : undefined
}
