// Expression mutations: conditions turned, fixed or shortened, defaults and optional steps dropped, methods exchanged.

import { type Edit, type Site, withoutItem } from './edit.ts'
import { isUnproven } from './live.ts'
import { bare, childOf, isFunction, isLoop, isNode, keyOf, listOf, type Node, nameOf } from './syntax.ts'

export function* mutateExpression(site: Site): Generator<Edit> {
  const { node, textOf } = site
  const swap = (replacement: string): Edit => ({ start: node.start, end: node.end, replacement })
  const left = childOf(node, 'left')
  const right = childOf(node, 'right')
  const argument = childOf(node, 'argument')
  if (isCondition(site)) yield* fixed(node, swap)
  if (node.type === 'BinaryExpression' && left && right)
    yield* isCountingLoop(site)
      ? [swap(`${textOf(node)} - 1`)]
      : operatorsFor(node).map(operator => swap(`${textOf(left)} ${operator} ${textOf(right)}`))
  if (node.type === 'LogicalExpression' && left && right) {
    const other = node.operator === '&&' ? '||' : node.operator === '||' ? '&&' : undefined
    if (other) yield swap(`((${textOf(left)}) ${other} (${textOf(right)}))`)
    if (!isForTypesAlone(site)) yield swap(`(${textOf(left)})`)
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
/** Between texts, + joins. */
const operatorsFor = (node: Node): readonly string[] =>
  node.operator === '+' && (isText(childOf(node, 'left')) || isText(childOf(node, 'right')))
    ? []
    : (exchanged[node.operator as string] ?? [])

function isText(node: Node | undefined): boolean {
  if (node?.type === 'BinaryExpression')
    return isText(childOf(node, 'left')) || isText(childOf(node, 'right'))
  return node?.type === 'TemplateLiteral' || (node?.type === 'Literal' && typeof node.value === 'string')
}

/** `i < list.length` of a loop: one turn more reads nothing, one less misses the last item. */
function isCountingLoop({ node, around, textOf }: Site): boolean {
  const parent = around.at(-1)
  return (
    parent?.type === 'ForStatement' && childOf(parent, 'test') === node && /< .*\.length$/.test(textOf(node))
  )
}

/** `list.includes(text ?? '')`: without the default it asks for what no list holds, as with it. */
function isForTypesAlone({ node, around }: Site): boolean {
  const parent = around.at(-1)
  const right = childOf(node, 'right')
  return (
    node.operator === '??' &&
    right?.type === 'Literal' &&
    right.value === '' &&
    parent?.type === 'CallExpression' &&
    ['includes', 'has', 'get', 'indexOf'].includes(methodOf(parent) ?? '')
  )
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
 * `for (let i = 0; i < list.length; i++) { const item = list[i]; item?.field; list[i]?.field }`
 */
function isInBounds({ node, around, textOf }: Site): boolean {
  const object = childOf(node, 'object')
  const test = around.findLast(one => one.type === 'ForStatement')?.test
  if (!object || !isNode(test)) return false
  const item = object.type === 'Identifier' ? initialOf(object.name as string, around) : object
  const list = item?.computed === true ? childOf(item, 'object') : undefined
  const index = item && childOf(item, 'property')
  return (
    list !== undefined && index !== undefined && textOf(test) === `${textOf(index)} < ${textOf(list)}.length`
  )
}

/** What a constant of the innermost block that declares it is made of. */
function initialOf(name: string, around: readonly Node[]): Node | undefined {
  const declared = around
    .filter(one => one.type === 'BlockStatement')
    .flatMap(block => listOf(block, 'body'))
    .flatMap(statement => listOf(statement, 'declarations'))
    .findLast(declarator => nameOf(childOf(declarator, 'id')) === name)
  return declared && childOf(declared, 'init')
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
const isDefinition = (call: Node) => nameOf(childOf(call, 'callee'))?.endsWith('Rule') === true

/** An example has the newest version of Kubernetes, whatever a rule applies to; but its pods may be for another system. */
const isOfPods = (appliesTo: Node) =>
  listOf(childOf(appliesTo, 'value') ?? appliesTo, 'properties').some(property => keyOf(property) === 'os')

/** Options given by name, each left out. */
function* withoutOption(argument: Node, only?: readonly string[]): Generator<Edit> {
  if (argument.type !== 'ObjectExpression') return
  const properties = listOf(argument, 'properties')
  for (const [index, property] of properties.entries()) {
    const key = keyOf(property)
    if (isUnproven(property) || (only && !(key !== undefined && only.includes(key)))) continue
    if (key !== 'appliesTo' || isOfPods(property)) yield withoutItem(properties, index)
  }
}
