// Workshop: loads rules from their sources with a mutation written into one of them, without a file being touched.

import { readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Rule } from '../../packages/core/src/model/rule.ts'
import { compileModule, type Module } from './compile.ts'
import type { Edit } from './edit.ts'
import { readSource, type Source } from './reach.ts'

/** A file and what is changed in it. */
export interface Change {
  readonly file: string
  readonly edit: Edit
}

/** More steps of loops in changed code than any example takes; a loop that a mutation made endless stops there. */
const mostSteps = 100_000

/** Loads rules below a folder; what they import from elsewhere is loaded once and is as it is. */
export class Workshop {
  readonly #folder: string
  readonly #sources = new Map<string, Source>()
  readonly #compiled = new Map<string, Module>()
  readonly #outside = new Map<string, unknown>()
  #steps = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  /** The source of a file of the folder; undefined for files of elsewhere. Throws where it does not parse. */
  readonly sourceOf = (file: string): Source | undefined => {
    if (relative(this.#folder, file).startsWith('..')) return undefined
    const known = this.#sources.get(file)
    if (known) return known
    const source = readSource(file, readFileSync(file, 'utf8'))
    this.#sources.set(file, source)
    return source
  }

  /** Loads what a file of the folder imports from outside, by itself or by what it imports. */
  async prepare(file: string, seen = new Set<string>()): Promise<void> {
    if (seen.has(file)) return
    seen.add(file)
    const source = this.sourceOf(file)
    if (source) for (const { file: other } of source.imports.values()) await this.prepare(other, seen)
    else if (!this.#outside.has(file)) this.#outside.set(file, await import(pathToFileURL(file).href))
  }

  /** The rule of a file as it is written, with its examples. */
  loadSound(file: string): Rule {
    return this.#load(file, source => compileModule(source, { keepsExamples: true }))
  }

  /** The rule of a file without its examples, with a change in it or in what it imports. Throws what its code throws when it is loaded. */
  loadChanged(file: string, change?: Change): Rule {
    this.restart()
    return this.#load(file, source => {
      if (source.file === change?.file) return this.#compileChange(source, change)
      const known = this.#compiled.get(source.file) ?? compileModule(source, {})
      this.#compiled.set(source.file, known)
      return known
    })
  }

  /** Starts the count of steps anew: each example has its own. */
  readonly restart = (): void => {
    this.#steps = 0
  }

  /** The last change compiled: rules that share a helper are tried with the same change one after the other. */
  #last: { readonly change: Change; readonly module: Module } | undefined

  #compileChange(source: Source, change: Change): Module {
    if (this.#last?.change !== change)
      this.#last = { change, module: compileModule(source, { edit: change.edit }) }
    return this.#last.module
  }

  readonly #step = (): void => {
    this.#steps++
    if (this.#steps > mostSteps) throw new Error('a loop did not end')
  }

  #load(file: string, moduleOf: (source: Source) => Module): Rule {
    const loaded = new Map<string, Record<string, unknown>>()
    const load = (path: string): Record<string, unknown> => {
      const source = this.sourceOf(path)
      if (!source) return this.#outside.get(path) as Record<string, unknown>
      const known = loaded.get(path)
      if (known) return known
      const exported = moduleOf(source)(specifier => load(resolve(dirname(path), specifier)), this.#step)
      loaded.set(path, exported)
      return exported
    }
    const { rule } = load(file)
    return rule as Rule
  }
}
