// Condition: tells the expressions that decide something: of a branch, or as the answer of a predicate.

import type { Site } from './edit.ts'
import { childOf, isFunction, isLoop, keyOf, listOf, methodOf, type Node, nameOf } from './syntax.ts'

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
