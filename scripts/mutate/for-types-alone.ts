// For types alone: tells the defaults and optional steps that only the compiler asks for; without them the code does the same.

import type { Site } from './edit.ts'
import { childOf, isNode, listOf, methodOf, type Node, nameOf } from './syntax.ts'

/** `list.includes(text ?? '')`: without the default it asks for what no list holds, as with it. */
export function isForTypesAlone({ node, around }: Site): boolean {
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

/**
 * A step from an item that a counting loop took out of its list, and that is there: only types ask for the question.
 * `for (let i = 0; i < list.length; i++) { const item = list[i]; item?.field; list[i]?.field }`
 */
export function isInBounds({ node, around, textOf }: Site): boolean {
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
