// Statement mutations: a step left out, a loop that sees only the first, a function that does nothing.

import { isCondition } from './condition.ts'
import type { Edit, Site } from './edit.ts'
import { isWording } from './live.ts'
import { childOf, isFunction, isLoop, listOf, type Node } from './syntax.ts'

export function* mutateStatement(site: Site): Generator<Edit> {
  const { node, textOf } = site
  if (isLoop(node)) yield* mutateLoop(node, textOf)
  if (isFunction(node)) yield* emptied(site)
  if (isStep(node) && !isSoleConsequence(site)) yield { start: node.start, end: node.end, replacement: ';' }
}

const steps = ['ExpressionStatement', 'ContinueStatement', 'BreakStatement', 'ThrowStatement']
/** A statement whose loss leaves sound code; a value returned is lost by the mutations of its condition. */
const isStep = (node: Node) =>
  steps.includes(node.type) || (node.type === 'ReturnStatement' && childOf(node, 'argument') === undefined)

/** All that an `if` does: without it, it does nothing, which is what its condition made false does too. */
function isSoleConsequence({ around }: Site): boolean {
  const parent = around.at(-1)
  const holder =
    parent?.type === 'BlockStatement' && listOf(parent, 'body').length === 1 ? around.at(-2) : parent
  return holder?.type === 'IfStatement' && !childOf(holder, 'alternate')
}

function* mutateLoop(node: Node, textOf: (node: Node) => string): Generator<Edit> {
  const right = childOf(node, 'right')
  if (node.type === 'ForOfStatement' && right)
    yield { start: right.start, end: right.end, replacement: `[...${textOf(right)}].slice(0, 1)` }
}

/** A function without its body, or giving nothing; a predicate that is always false is among the mutations of conditions. */
function* emptied({ node, around, textOf }: Site): Generator<Edit> {
  const body = childOf(node, 'body')
  if (
    !body ||
    isWording(body) ||
    body.value === false ||
    isCondition({ node: body, around: [...around, node], textOf })
  )
    return
  if (body.type !== 'BlockStatement') yield { start: body.start, end: body.end, replacement: 'undefined' }
  else if (listOf(body, 'body').length > 0) yield { start: body.start, end: body.end, replacement: '{}' }
}
