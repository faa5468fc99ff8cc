// Trial: writes every mutation into the code of rules, one at a time, and sees whether their examples notice.

import { join } from 'node:path'
import { type Examples, findExampleFault } from '../../packages/core/src/engine/testing/example-fault.ts'
import type { Equivalent } from './equivalents.ts'
import { type Mutation, mutationsOf } from './mutations.ts'
import { type Declaration, reach, type Source } from './reach.ts'
import { lineAt } from './syntax.ts'
import { Workshop } from './workshop.ts'

/** A mutation that no example notices. */
export interface Survivor {
  readonly line: number
  readonly within: string
  readonly from: string
  readonly to: string
}

/** What became of the mutations of one file. */
export interface FileScore {
  /** Path below the folder of the rules. */
  readonly file: string
  /** How many rules' examples hold it: 1 for a rule's own file. */
  readonly rules: number
  readonly isRule: boolean
  readonly mutants: number
  readonly killed: number
  /** Mutations that change nothing that could be seen, by the list of equivalents. */
  readonly equivalent: number
  readonly survivors: readonly Survivor[]
}

interface RuleFile {
  readonly file: string
  readonly examples: Examples
}

/** Code under trial, and the rules that it decides. */
interface Suspect {
  readonly declaration: Declaration
  readonly rules: RuleFile[]
}

export class Trial {
  readonly #folder: string
  readonly #equivalents: readonly Equivalent[]
  readonly #workshop: Workshop
  readonly #suspects = new Map<string, Suspect[]>()
  readonly #ruleFiles = new Set<string>()
  /** Rules that cannot be tried, and why: they do not load, or do not hold by their own examples. */
  readonly broken: string[] = []
  /** Entries of the list of equivalents that matched a survivor. */
  readonly #used = new Set<Equivalent>()

  private constructor(folder: string, equivalents: readonly Equivalent[]) {
    this.#folder = folder
    this.#equivalents = equivalents
    this.#workshop = new Workshop(folder)
  }

  /** Reads the rules in the files given, below a folder; `equivalents` are the mutations that nobody could notice. */
  static async of(
    folder: string,
    files: readonly string[],
    equivalents: readonly Equivalent[] = [],
  ): Promise<Trial> {
    const trial = new Trial(folder, equivalents)
    for (const file of files)
      try {
        await trial.#add(join(folder, file))
      } catch (thrown) {
        trial.broken.push(`${file}: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
      }
    return trial
  }

  /** The files with code that decides verdicts: rules and helpers, sorted. */
  get files(): string[] {
    return [...this.#suspects.keys()].sort()
  }

  /** Tries every mutation of a file's live code. */
  try(file: string): FileScore {
    const suspects = this.#suspects.get(file)
    const source = this.#workshop.sourceOf(join(this.#folder, file))
    if (!suspects || !source) throw new Error(`${file} decides no rule`)
    let mutants = 0
    let equivalent = 0
    const survivors: Survivor[] = []
    for (const { declaration, rules } of suspects)
      for (const mutation of mutationsOf(declaration.node, declaration.names[0] ?? 'module', source.text)) {
        mutants++
        if (this.#isNoticed(source, mutation, rules)) continue
        const known = this.#equivalentOf(file, source.text, mutation)
        if (known) {
          this.#used.add(known)
          equivalent++
        } else survivors.push(survivorOf(source, mutation))
      }
    return {
      file,
      rules: new Set(suspects.flatMap(suspect => suspect.rules)).size,
      isRule: this.#ruleFiles.has(file),
      mutants,
      killed: mutants - equivalent - survivors.length,
      equivalent,
      survivors: survivors.sort((a, b) => a.line - b.line),
    }
  }

  /** Equivalents of the files tried that no surviving mutation bears out: the code changed, or an example notices it. */
  idle(files: readonly string[]): Equivalent[] {
    return this.#equivalents.filter(one => files.includes(one.file) && !this.#used.has(one))
  }

  async #add(file: string): Promise<void> {
    await this.#workshop.prepare(file)
    const source = this.#workshop.sourceOf(file)
    if (!source) throw new Error(`${file} is not below ${this.#folder}`)
    const { examples } = this.#workshop.loadSound(file)
    const fault = findExampleFault(this.#workshop.loadChanged(file), examples, this.#workshop.restart)
    if (fault !== undefined) throw new Error(`it does not hold by its examples: ${fault}`)
    const own = { file, examples }
    this.#ruleFiles.add(this.#below(file))
    for (const { source: found, declaration } of reach(source, 'rule', this.#workshop.sourceOf)) {
      const key = this.#below(found.file)
      const suspects = this.#suspects.get(key) ?? []
      this.#suspects.set(key, suspects)
      const known = suspects.find(suspect => suspect.declaration === declaration)
      if (known) known.rules.push(own)
      else suspects.push({ declaration, rules: [own] })
    }
  }

  #isNoticed(source: Source, edit: Mutation, rules: RuleFile[]): boolean {
    const change = { file: source.file, edit }
    const at = rules.findIndex(({ file, examples }) => {
      try {
        const changed = this.#workshop.loadChanged(file, change)
        return findExampleFault(changed, examples, this.#workshop.restart) !== undefined
      } catch {
        return true
      }
    })
    // Who noticed one change of a helper often notices the next.
    if (at > 0) rules.unshift(...rules.splice(at, 1))
    return at >= 0
  }

  /** The entry of the list of equivalents that a mutation is of: it is made in the code that the entry names. */
  #equivalentOf(file: string, text: string, { start, end, replacement }: Mutation): Equivalent | undefined {
    return this.#equivalents.find(one => {
      if (one.file !== file) return false
      if (one.to !== undefined) return one.code === text.slice(start, end) && one.to === replacement
      for (let at = text.indexOf(one.code); at >= 0; at = text.indexOf(one.code, at + 1))
        if (at <= start && end <= at + one.code.length) return true
      return false
    })
  }

  readonly #below = (file: string) => file.slice(this.#folder.length + 1)
}

const longestText = 90

function survivorOf({ text }: Source, { start, end, replacement, within }: Mutation): Survivor {
  return {
    line: lineAt(text, start),
    within,
    from: shortened(text.slice(start, end)),
    to: shortened(replacement),
  }
}

const shortened = (text: string) => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > longestText ? `${line.slice(0, longestText - 1)}…` : line
}
