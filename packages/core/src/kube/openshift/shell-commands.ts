// Shell commands: tells the simple commands of a shell script apart, and the words of each.
//
// Source: POSIX.1-2024, Shell Command Language: 2.2 Quoting, 2.3 Token Recognition, 2.6 Word Expansions. Here documents, arithmetic and
// functions are not understood; what they hold is taken for words and commands.

export interface ShellWord {
  /** Without quotes, with the variables filled in that are known. */
  readonly text: string
  readonly written: string
  /** The expansion in it whose value is not known: a variable’s name, or `a command`. */
  readonly unknown?: string
  /** True where it begins with such an expansion outside of quotes, and so may turn into any number of words. */
  readonly isBare: boolean
}

/** The commands of a script in order, each as its words; what is sent elsewhere by `>` or `<` is left out. */
export function splitCommands(
  script: string,
  variable: (name: string) => string | undefined,
): readonly (readonly ShellWord[])[] {
  const commands: ShellWord[][] = []
  let words: ShellWord[] = []
  let word: { text: string; from: number; unknown?: string; isBare: boolean } | undefined
  let at = 0
  let quote: '"' | undefined
  /** True where the next word names a file that output goes to. */
  let isRedirected = false

  const begin = () => {
    word ??= { text: '', from: at, isBare: false }
    return word
  }
  const endWord = () => {
    if (!word) return
    const { from, ...rest } = word
    if (isRedirected) isRedirected = false
    else words.push({ ...rest, written: script.slice(from, at) })
    word = undefined
  }
  const endCommand = () => {
    endWord()
    isRedirected = false
    if (words.length > 0) commands.push(words)
    words = []
  }
  const expand = () => {
    const own = begin()
    const isFirst = own.text === '' && own.unknown === undefined && quote === undefined
    const { name, end } = readExpansion(script, at)
    const value = name === undefined ? undefined : variable(name)
    if (value === undefined) {
      own.text += script.slice(at, end)
      own.unknown ??= name ?? 'a command'
      own.isBare ||= isFirst
    } else own.text += value
    at = end
  }

  while (at < script.length) {
    const letter = script[at] as string
    const next = script[at + 1]
    if (letter === '\\' && quote === undefined) {
      if (next !== '\n') begin().text += next ?? ''
      at += 2
    } else if (letter === '\\' && next !== undefined && '$`"\\\n'.includes(next)) {
      if (next !== '\n') begin().text += next
      at += 2
    } else if (letter === '"') {
      begin()
      quote = quote === undefined ? '"' : undefined
      at++
    } else if (letter === '$' || letter === '`') expand()
    else if (quote !== undefined) {
      begin().text += letter
      at++
    } else if (letter === "'") {
      const close = script.indexOf("'", at + 1)
      const end = close < 0 ? script.length : close
      begin().text += script.slice(at + 1, end)
      at = end + 1
    } else if (letter === '#' && !word) {
      const line = script.indexOf('\n', at)
      at = line < 0 ? script.length : line
    } else if (letter === '>' || letter === '<') {
      // A number or name right before it says which stream is meant.
      if (word && /^(?:\d+|\{\w+\})$/.test(word.text)) word = undefined
      endWord()
      while (at < script.length && '<>&|'.includes(script[at] as string)) at++
      isRedirected = true
    } else if ('\n;&|()'.includes(letter)) {
      endCommand()
      at++
    } else if (/\s/.test(letter)) {
      endWord()
      at++
    } else {
      begin().text += letter
      at++
    }
  }
  endCommand()
  return commands
}

/** The expansion that begins there: the variable that it stands for, where it is no more than that, and where it ends. */
function readExpansion(
  script: string,
  at: number,
): { readonly name: string | undefined; readonly end: number } {
  if (script[at] === '`') {
    const close = script.indexOf('`', at + 1)
    return { name: undefined, end: close < 0 ? script.length : close + 1 }
  }
  const simple = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/.exec(script.slice(at, at + 300))
  if (simple) return { name: simple[1] ?? simple[2], end: at + simple[0].length }
  const open = script[at + 1]
  if (open === '(' || open === '{') {
    const close = open === '(' ? ')' : '}'
    let depth = 0
    for (let i = at + 1; i < script.length; i++) {
      if (script[i] === open) depth++
      else if (script[i] === close && --depth === 0) return { name: undefined, end: i + 1 }
    }
    return { name: undefined, end: script.length }
  }
  return { name: undefined, end: Math.min(at + 2, script.length) }
}
