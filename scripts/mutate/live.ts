// Live code: the parts of a rule's source that decide verdicts; types, and what is only said to people, are passed over.

import { childOf, childrenOf, isName, keyOf, listOf, type Node } from './syntax.ts'

/** Properties of rules, violations and parameters that are for people, or that other tests hold. */
const unproven = new Set([
  'admission',
  'absent',
  'aliases',
  'defaultEnabled',
  'description',
  'discriminator',
  'example',
  'examples',
  'expected',
  'id',
  'oneOf',
  'rationale',
  'redacts',
  'references',
  'remediation',
  'severity',
  'subject',
  'title',
])

export const isUnproven = (property: Node): boolean => unproven.has(keyOf(property) ?? '')

/** The live children of a node. */
export function liveChildrenOf(node: Node): Node[] {
  if (node.type === 'ObjectExpression') {
    const properties = listOf(node, 'properties')
    return isParameter(properties)
      ? properties.filter(property => keyOf(property) === 'default' && !isVersion(properties))
      : properties.filter(property => !isUnproven(property))
  }
  return childrenOf(node).filter(child => !isType(child) && !isWording(child))
}

/** Calls `visit` with a node and each live one below it, from the outside in, and with the nodes around it. */
export function walkLive(root: Node, visit: (node: Node, around: readonly Node[]) => void): void {
  const silent = silentIn(root)
  const walk = (node: Node, around: readonly Node[]): void => {
    if (silent.has(node)) return
    visit(node, around)
    const inner = [...around, node]
    for (const child of liveChildrenOf(node)) walk(child, inner)
  }
  walk(root, [])
}

const silentBefore = new WeakMap<Node, ReadonlySet<Node>>()

/** The constants inside a node that no live code reads: they are made for wording alone. */
function silentIn(root: Node): ReadonlySet<Node> {
  const known = silentBefore.get(root)
  if (known) return known
  const silent = new Set<Node>()
  for (let before = -1; before < silent.size; ) {
    before = silent.size
    const read = new Set<string>()
    const declared: Node[] = []
    const walk = (node: Node, parent?: Node): void => {
      if (silent.has(node)) return
      if (node.type === 'Identifier' && !isName(node, parent)) read.add(node.name as string)
      if (node.type === 'VariableDeclarator' && node !== root) declared.push(node)
      for (const child of liveChildrenOf(node)) walk(child, node)
    }
    walk(root)
    for (const declarator of declared) {
      const id = childOf(declarator, 'id')
      if (id?.type === 'Identifier' && !read.has(id.name as string)) silent.add(declarator)
    }
  }
  silentBefore.set(root, silent)
  return silent
}

/** Nodes of TypeScript's own, save those that wrap an expression. */
const isType = (node: Node) => node.type.startsWith('TS') && childOf(node, 'expression') === undefined

/** A declared parameter: of it, the default decides. */
function isParameter(properties: readonly Node[]): boolean {
  const keys = new Set(properties.map(keyOf))
  return keys.has('type') && keys.has('default') && keys.has('description')
}

/** The default of a version is always the cluster's own. */
const isVersion = (properties: readonly Node[]) =>
  properties.some(
    property => keyOf(property) === 'type' && childOf(property, 'value')?.value === 'kubernetes-version',
  )

/** Text for people: it has a space in it. A choice between two such texts decides no verdict either. */
export function isWording(node: Node | undefined): boolean {
  if (!node) return false
  if (node.type === 'Literal') return typeof node.value === 'string' && node.value.includes(' ')
  if (node.type === 'TemplateLiteral')
    return listOf(node, 'quasis').some(quasi => (quasi.value as { raw: string }).raw.includes(' '))
  return (
    node.type === 'ConditionalExpression' &&
    isWording(childOf(node, 'consequent')) &&
    isWording(childOf(node, 'alternate'))
  )
}
