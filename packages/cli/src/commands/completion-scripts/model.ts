// Model: what a shell must know of the command line to complete it.

export interface FlagModel {
  readonly long: string
  readonly short?: string
  readonly description: string
  readonly takesValue: boolean
  /** The values to offer; empty where any text goes. */
  readonly values: readonly string[]
  readonly takesFile: boolean
}

export interface VerbModel {
  readonly name: string
  readonly description: string
  readonly flags: readonly FlagModel[]
  readonly verbs: readonly VerbModel[]
  readonly argument: 'file' | 'rule' | 'benchmark' | 'shell' | undefined
}

export interface CompletionModel {
  readonly verbs: readonly VerbModel[]
  readonly ids: Readonly<Record<'rule' | 'benchmark' | 'shell', readonly string[]>>
}

/** Every verb with the words that lead to it: `scan`, `rules`, `rules show`. */
export function pathsOf(verbs: readonly VerbModel[], before = ''): { path: string; verb: VerbModel }[] {
  return verbs.flatMap(verb => {
    const path = before === '' ? verb.name : `${before} ${verb.name}`
    return [{ path, verb }, ...pathsOf(verb.verbs, path)]
  })
}

/** A text between single quotes, for shells that know no escapes in them. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
