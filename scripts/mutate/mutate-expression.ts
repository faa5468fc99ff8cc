// Expression mutations: conditions turned, fixed or shortened, defaults and optional steps dropped, methods exchanged.

import { isUnproven } from './live.ts'
import { type Edit, type Site, withoutItem } from './mutations.ts'
import { bare, childOf, isFunction, isLoop, keyOf, listOf, type Node, nameOf } from './syntax.ts'

export function* mutateExpression(site: Site): Generator<Edit> {
  const { node, textOf } = site
  const swap = (replacement: string): Edit => ({ start: node.start, end: node.end, replacement })
  const left = childOf(node, 'left')
  const right = childOf(node, 'right')
  const argument = childOf(node, 'argument')
  if (isCondition(site)) yield* fixed(node, swap)
  if (node.type === 'BinaryExpression' && left && right)
    for (const operator of exchanged[node.operator as string] ?? [])
      yield swap(`${textOf(left)} ${operator} ${textOf(right)}`)
  if (node.type === 'LogicalExpression' && left && right) {
    const other = node.operator === '&&' ? '||' : node.operator === '||' ? '&&' : undefined
    if (other) yield swap(`((${textOf(left)}) ${other} (${textOf(right)}))`)
    yield swap(`(${textOf(left)})`)
    yield swap(`(${textOf(right)})`)
  }
  if (node.type === 'UnaryExpression' && node.operator === '!' && argument) yield swap(textOf(argument))
  if (node.type === 'AssignmentExpression' && left && right)
    for (const operator of assigned[node.operator as string] ?? [])
      yield swap(`${textOf(left)} ${operator} ${textOf(right)}`)
  if (node.optional === true && !isInBounds(site)) yield* withoutQuestion(node, textOf)
  if (node.type === 'CallExpression') yield* mutateCall(node, textOf)
  if (node.type === 'AssignmentPattern' && left) yield swap(textOf(left))
}

const exchanged: Readonly<Record<string, readonly string[]>> = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
}
const assigned: Readonly<Record<string, readonly string[]>> = {
  '??=': ['='],
  '+=': ['='],
  '-=': ['='],
}

function* fixed(node: Node, swap: (replacement: string) => Edit): Generator<Edit> {
  if (bare(node).type === 'Literal') return
  yield swap('true')
  yield swap('false')
}

const questions = /^(?:is|has|can|may|needs|concerns$|matches$)/
const asking = ['some', 'every', 'filter', 'find', 'findIndex', 'findLast']

/** Whether an expression stands where a condition does: of a branch or a loop, or as the answer of a predicate. */
export function isCondition({ node, around }: Site): boolean {
  const parent = around.at(-1)
  if (!parent) return false
  if (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression' || isLoop(parent))
    // A loop whose condition is always true would only end by its steps running out.
    return childOf(parent, 'test') === node && !isLoop(parent)
  const isAnswer =
    (parent.type === 'ArrowFunctionExpression' && childOf(parent, 'body') === node && !isBlock(node)) ||
    (parent.type === 'ReturnStatement' && childOf(parent, 'argument') === node)
  if (!isAnswer) return false
  const at = around.findLastIndex(isFunction)
  return asksByName(around[at], around[at - 1]) || isAskedBy(around[at], around[at - 1])
}

const isBlock = (node: Node) => node.type === 'BlockStatement'

/** A function that is named like a question: `isLocal`, `concerns`. */
function asksByName(own: Node | undefined, holder: Node | undefined): boolean {
  const name =
    nameOf(own && childOf(own, 'id')) ??
    (holder &&
      (keyOf(holder) ?? (holder.type === 'VariableDeclarator' ? nameOf(childOf(holder, 'id')) : undefined)))
  return name !== undefined && questions.test(name)
}

/** A function given to a method that asks it about each item. */
function isAskedBy(own: Node | undefined, call: Node | undefined): boolean {
  return (
    call?.type === 'CallExpression' &&
    listOf(call, 'arguments')[0] === own &&
    asking.includes(methodOf(call) ?? '')
  )
}

/** The name of the method that a call calls. */
function methodOf(call: Node): string | undefined {
  const callee = childOf(call, 'callee')
  return callee?.type === 'MemberExpression' && callee.computed !== true
    ? nameOf(childOf(callee, 'property'))
    : undefined
}

/**
 * A step from an item that a counting loop took out of its list, and that is there: only types ask for the question.
 * `for (let i = 0; i < list.length; i++) { const item = list[i]; item?.field }`
 */
function isInBounds({ node, around, textOf }: Site): boolean {
  const name = nameOf(childOf(node, 'object'))
  const body = around.findLast(one => one.type === 'BlockStatement')
  const loop = body && around[around.indexOf(body) - 1]
  const test = loop?.type === 'ForStatement' ? childOf(loop, 'test') : undefined
  if (!body || !test) return false
  const taken = listOf(body, 'body')
    .flatMap(statement => listOf(statement, 'declarations'))
    .find(declarator => nameOf(childOf(declarator, 'id')) === name)
  const item = taken && childOf(taken, 'init')
  const list = item?.computed === true ? childOf(item, 'object') : undefined
  const index = item && childOf(item, 'property')
  return (
    list !== undefined && index !== undefined && textOf(test) === `${textOf(index)} < ${textOf(list)}.length`
  )
}

/** `a?.b` as `a.b`, of the whole chain only this step. */
function* withoutQuestion(node: Node, textOf: (node: Node) => string): Generator<Edit> {
  const before = childOf(node, 'object') ?? childOf(node, 'callee')
  if (!before) return
  const rest = textOf(node).slice(before.end - node.start)
  const isPlain = node.type === 'MemberExpression' && node.computed !== true
  const replacement = textOf(before) + rest.replace('?.', isPlain ? '.' : '')
  yield { start: node.start, end: node.end, replacement }
}

const counterparts: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  indexOf: 'lastIndexOf',
  lastIndexOf: 'indexOf',
  min: 'max',
  max: 'min',
}
const droppable = [
  'filter',
  'flat',
  'replace',
  'replaceAll',
  'reverse',
  'slice',
  'sort',
  'toLowerCase',
  'toSorted',
  'toUpperCase',
  'trim',
]

function* mutateCall(call: Node, textOf: (node: Node) => string): Generator<Edit> {
  const callee = childOf(call, 'callee')
  const method = methodOf(call)
  const property = callee && childOf(callee, 'property')
  const object = callee && childOf(callee, 'object')
  if (method !== undefined && property && object) {
    const other = Object.hasOwn(counterparts, method) ? counterparts[method] : undefined
    if (other) yield { start: property.start, end: property.end, replacement: other }
    const isRenaming = method === 'map' && listOf(call, 'arguments')[0]?.type === 'Identifier'
    if (droppable.includes(method) || isRenaming)
      yield { start: call.start, end: call.end, replacement: textOf(object) }
  }
  for (const argument of listOf(call, 'arguments'))
    yield* withoutOption(bare(argument), isDefinition(call) ? ['appliesTo'] : undefined)
}

/** A call that makes a rule: most of what it is given, no rule can be without. */
const isDefinition = (call: Node) => /Rule$/.test(nameOf(childOf(call, 'callee')) ?? '')

/** Options given by name, each left out. */
function* withoutOption(argument: Node, only?: readonly string[]): Generator<Edit> {
  if (argument.type !== 'ObjectExpression') return
  const properties = listOf(argument, 'properties')
  for (const [index, property] of properties.entries()) {
    const key = keyOf(property)
    if (isUnproven(property) || (only && !(key !== undefined && only.includes(key)))) continue
    yield withoutItem(properties, index)
  }
}
