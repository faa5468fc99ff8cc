// Literal mutations: numbers off by one, texts emptied, switches turned, list items left out, patterns loosened.

import { type Edit, type Site, withoutItem } from './edit.ts'
import { isWording, liveChildrenOf } from './live.ts'
import { mutatePattern } from './mutate-pattern.ts'
import { bare, childOf, keyOf, listOf, type Node } from './syntax.ts'

export function* mutateLiteral(site: Site): Generator<Edit> {
  const { node, around } = site
  const { start, end, value } = node
  const swap = (replacement: string): Edit => ({ start, end, replacement })
  if (isRowWithin(site)) return
  if (node.type === 'ArrayExpression') yield* shortened(node)
  if (node.type === 'TemplateLiteral' && !isWording(node)) yield swap("''")
  if (node.type !== 'Literal') return
  const { regex } = node as { regex?: { pattern: string; flags: string } }
  if (regex) for (const pattern of mutatePattern(regex)) yield swap(pattern)
  if (typeof value === 'boolean' && !isCompared(site)) yield swap(String(!value))
  if (typeof value === 'bigint') yield swap(`${value + 1n}n`)
  if (typeof value === 'number') {
    yield swap(String(value + 1))
    if (value > 0) yield swap(String(value - 1))
  }
  const isItem = around.at(-1)?.type === 'ArrayExpression'
  if (typeof value === 'string' && !isWording(node) && !isCompared(site) && !isItem && !isKey(site))
    yield* mutateText(site, value)
}

function* mutateText(site: Site, value: string): Generator<Edit> {
  const { start, end } = site.node
  const choices = otherChoices(site)
  if (choices.length > 0) for (const replacement of choices) yield { start, end, replacement }
  else if (value !== '') yield { start, end, replacement: "''" }
  else if (!isFallback(site)) yield { start, end, replacement: "'x'" }
}

/** What else may stand there: of a rule's system, or of a parameter whose default this is; empty where that is any text. */
function otherChoices({ node, around, textOf }: Site): string[] {
  const [object, property] = around.slice(-2)
  if (!object || !property) return []
  const rule = around.at(-3)
  if (rule && keyOf(rule) === 'appliesTo' && keyOf(property) === 'os')
    return ["'linux'", "'windows'"].filter(text => text !== textOf(node))
  if (keyOf(property) !== 'default') return []
  const choices = listOf(object, 'properties').find(one => keyOf(one) === 'oneOf')
  const list = choices && bare(childOf(choices, 'value') ?? choices)
  return list
    ? listOf(list, 'elements')
        .map(textOf)
        .filter(text => text !== textOf(node))
    : []
}

/** An empty value for what is absent: that it is needed, the mutations of the expression around it ask. */
function isFallback({ node, around }: Site): boolean {
  const parent = around.at(-1)
  return (
    (parent?.type === 'LogicalExpression' || parent?.type === 'AssignmentPattern') &&
    childOf(parent, 'right') === node
  )
}

/** An operand of === or !==, or the case of a switch: the comparison's own mutations say as much. */
function isCompared({ node, around }: Site): boolean {
  const parent = around.at(-1)
  if (parent?.type === 'BinaryExpression') return /^[!=]==?$|^in$/.test(parent.operator as string)
  return parent?.type === 'SwitchCase' && childOf(parent, 'test') === node
}

const isKey = ({ node, around }: Site) => {
  const parent = around.at(-1)
  return parent?.type === 'Property' && childOf(parent, 'key') === node
}

/** A list without each of its items, one at a time. */
function* shortened(list: Node): Generator<Edit> {
  const items = listOf(list, 'elements')
  for (const index of items.keys()) if (!isRow(list, index, items.length)) yield withoutItem(items, index)
}

/** A list or an object that holds more values than this is a table of facts: tests of its own hold it against its source. */
const longestList = 12

/** True for what stands in the midst of a table: its first and last values stand for all. */
function isRow(list: Node, index: number, length: number): boolean {
  return index > 0 && index < length - 1 && valuesIn(list) > longestList
}

function isRowWithin({ node, around }: Site): boolean {
  const parents = [...around, node]
  return parents.some((parent, depth) => {
    const child = parents[depth + 1]
    if (!child || (parent.type !== 'ArrayExpression' && parent.type !== 'ObjectExpression')) return false
    const items = listOf(parent, parent.type === 'ArrayExpression' ? 'elements' : 'properties')
    return isFacts(parent) && isRow(parent, items.indexOf(child), items.length)
  })
}

/** How many literals a list or an object holds at any depth. */
function valuesIn(node: Node): number {
  const below = liveChildrenOf(node).reduce((sum, child) => sum + valuesIn(child), 0)
  return node.type === 'Literal' || node.type === 'TemplateLiteral' ? below + 1 : below
}

const factual = [
  'ArrayExpression',
  'ObjectExpression',
  'Property',
  'Literal',
  'TemplateLiteral',
  'Identifier',
  'SpreadElement',
  'UnaryExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TemplateElement',
  'NewExpression',
  'MemberExpression',
]
/** True where nothing is computed: no function and no call in it. */
function isFacts(node: Node): boolean {
  return factual.includes(node.type) && liveChildrenOf(node).every(isFacts)
}
