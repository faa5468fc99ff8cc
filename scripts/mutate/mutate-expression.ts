// Expression mutations: conditions turned, fixed or shortened, defaults and optional steps dropped, methods exchanged.

import { isCondition } from './condition.ts'
import type { Edit, Site } from './edit.ts'
import { isForTypesAlone, isInBounds } from './for-types-alone.ts'
import { mutateCall } from './mutate-call.ts'
import { bare, childOf, type Node } from './syntax.ts'

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

/** `a?.b` as `a.b`, of the whole chain only this step. */
function* withoutQuestion(node: Node, textOf: (node: Node) => string): Generator<Edit> {
  const before = childOf(node, 'object') ?? childOf(node, 'callee')
  if (!before) return
  const rest = textOf(node).slice(before.end - node.start)
  const isPlain = node.type === 'MemberExpression' && node.computed !== true
  const replacement = textOf(before) + rest.replace('?.', isPlain ? '.' : '')
  yield { start: node.start, end: node.end, replacement }
}
