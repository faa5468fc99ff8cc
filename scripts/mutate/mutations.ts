// Mutations: the small faults that can be written into a piece of source, of the kinds that people make when they write rules.

import type { Edit, Site } from './edit.ts'
import { walkLive } from './live.ts'
import { mutateExpression } from './mutate-expression.ts'
import { mutateLiteral } from './mutate-literal.ts'
import { mutateStatement } from './mutate-statement.ts'
import { childOf, keyOf, type Node, nameOf } from './syntax.ts'

export interface Mutation extends Edit {
  /** The function or constant that it is in. */
  readonly within: string
}

/** Every mutation of the live code in a node, in the order of the text, each once. `name` is what the node is called. */
export function mutationsOf(root: Node, name: string, text: string): Mutation[] {
  const textOf = (node: Node) => text.slice(node.start, node.end)
  const found = new Map<string, Mutation>()
  walkLive(root, (node, around) => {
    const site: Site = { node, around, textOf }
    for (const edit of [...mutateStatement(site), ...mutateExpression(site), ...mutateLiteral(site)]) {
      if (text.slice(edit.start, edit.end) === edit.replacement) continue
      const key = `${edit.start} ${edit.end} ${edit.replacement}`
      if (!found.has(key)) found.set(key, { ...edit, within: placeOf(around) ?? name })
    }
  })
  return [...found.values()].sort(
    (a, b) => a.start - b.start || a.end - b.end || (a.replacement < b.replacement ? -1 : 1),
  )
}

/** The innermost named thing around a node: a function, a constant that holds one, a method of the rule. */
function placeOf(around: readonly Node[]): string | undefined {
  for (const node of [...around].reverse()) {
    if (node.type === 'FunctionDeclaration') return nameOf(childOf(node, 'id'))
    if (node.type === 'VariableDeclarator' && around.indexOf(node) <= 1) return nameOf(childOf(node, 'id'))
    const key = keyOf(node)
    if (
      key !== undefined &&
      ['violations', 'concerns', 'unseen', 'undecided', 'faults', 'fix', 'parameters'].includes(key)
    )
      return key
  }
  return undefined
}
