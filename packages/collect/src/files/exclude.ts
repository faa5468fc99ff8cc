// Exclude: tells which files and folders the user wants left out.

interface Glob {
  readonly text: string
  readonly form: RegExp
  readonly folderOnly: boolean
  /** Without a slash inside, a glob speaks of a name at any depth. */
  readonly byName: boolean
}

/**
 * Globs in the manner of .gitignore: `*`, `?`, `[a-z]`, `{a,b}` and `**`; one without a slash matches a name at any depth, one with a
 * slash the path from the folder given (or as typed), one that ends in a slash only folders. What stands in a folder that
 * matches is left out with it.
 */
export class Exclusion {
  private readonly globs: readonly Glob[]
  private readonly used = new Set<string>()

  constructor(globs: readonly string[] = []) {
    this.globs = globs.map(compile)
  }

  /** Whether to leave out a file or folder: `path` as typed by the user, `below` the path from the folder that was given. */
  covers(path: string, below: string, isFolder: boolean): boolean {
    let found = false
    for (const { text, form, folderOnly, byName } of this.globs) {
      if (folderOnly && !isFolder) continue
      const name = path.slice(path.lastIndexOf('/') + 1)
      if (byName ? !form.test(name) : !form.test(below) && !form.test(path)) continue
      this.used.add(text)
      found = true
    }
    return found
  }

  /** Globs that have matched nothing so far. */
  get unused(): readonly string[] {
    return this.globs.map(({ text }) => text).filter(text => !this.used.has(text))
  }
}

function compile(text: string): Glob {
  const folderOnly = text.endsWith('/')
  const pattern = text.replace(/^\.\//, '').replace(/\/+$/, '')
  const byName = !pattern.includes('/')
  return { text, folderOnly, byName, form: new RegExp(`^${source(pattern.replace(/^\//, ''))}$`) }
}

const token = /\*\*\/|\*\*|\*|\?|\[(!?)([^\]/]+)\]|\{([^{}]*)\}|[\s\S]/g

function source(pattern: string): string {
  return pattern.replace(
    token,
    (found, not: string | undefined, set: string | undefined, choice: string | undefined) => {
      if (found === '**/') return '(?:[^/]+/)*'
      if (found === '**') return '.*'
      if (found === '*') return '[^/]*'
      if (found === '?') return '[^/]'
      if (set !== undefined) return `[${not ? '^' : ''}${set.replace(/[\\^]/g, '\\$&')}]`
      if (choice !== undefined) return `(?:${choice.split(',').map(source).join('|')})`
      return found.replace(/[\\^$.*+?()[\]{}|]/, '\\$&')
    },
  )
}
