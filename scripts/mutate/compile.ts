// Compile: makes a module that runs of a source of the catalogue, with a change in it, its loops counted and its examples left out.

import { Script } from 'node:vm'
import { transformSync } from 'esbuild'
import { type Edit, edited } from './edit.ts'
import type { Source } from './reach.ts'
import { childOf, childrenOf, isLoop, keyOf, listOf, type Node } from './syntax.ts'

/** Runs a module's code and gives what it exports; `load` gives the modules it imports, `step` is called once for each turn of a loop. */
export type Module = (load: (specifier: string) => unknown, step: () => void) => Record<string, unknown>

interface Options {
  readonly edit?: Edit
  /** Otherwise the rule's examples are gone, which are long and need not be made anew for each change. */
  readonly keepsExamples?: boolean
}

export function compileModule(source: Source, { edit, keepsExamples = false }: Options): Module {
  const own = edit ? [edit] : []
  const others = [...stepsIn(source.program), ...(keepsExamples ? [] : withoutExamples(source))].filter(
    other => !edit || other.end <= edit.start || other.start >= edit.end,
  )
  const text = edited(source.text, [...own, ...others])
  const { code } = transformSync(text, {
    loader: 'ts',
    format: 'cjs',
    target: 'node20',
    sourcefile: source.file,
  })
  const run = new Script(`(function (module, require, $step) {${code}\n})`, {
    filename: source.file,
  }).runInThisContext() as (module: object, load: (specifier: string) => unknown, step: () => void) => void
  return (load, step) => {
    const module = { exports: {} }
    run(module, load, step)
    return module.exports
  }
}

/** The edits that make each turn of each loop count. */
function stepsIn(node: Node): Edit[] {
  const inner = childrenOf(node).flatMap(stepsIn)
  const body = isLoop(node) ? childOf(node, 'body') : undefined
  if (!body) return inner
  const at = (place: number, replacement: string): Edit => ({ start: place, end: place, replacement })
  return body.type === 'BlockStatement'
    ? [at(body.start + 1, '$step();'), ...inner]
    : [at(body.start, '{$step();'), ...inner, at(body.end, '}')]
}

function withoutExamples({ declarations }: Source): Edit[] {
  const rule = declarations.find(({ names }) => names.includes('rule'))?.node
  const call = rule && childOf(rule, 'init')
  const [definition] = call ? listOf(call, 'arguments') : []
  const examples =
    definition && listOf(definition, 'properties').find(property => keyOf(property) === 'examples')
  const value = examples && childOf(examples, 'value')
  return value ? [{ start: value.start, end: value.end, replacement: '{ fail: {}, pass: {} }' }] : []
}
