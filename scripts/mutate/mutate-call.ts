// Call mutations: a method exchanged for its counterpart or left out, an option not given.

import { type Edit, withoutItem } from './edit.ts'
import { isUnproven } from './live.ts'
import { bare, childOf, keyOf, listOf, methodOf, type Node, nameOf } from './syntax.ts'

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

export function* mutateCall(call: Node, textOf: (node: Node) => string): Generator<Edit> {
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
