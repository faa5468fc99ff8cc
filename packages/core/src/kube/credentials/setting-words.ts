// Setting words: what a word of a command line is the value of.

const flag = /^--?([A-Za-z][\w.-]*)$/

/** The name of the setting whose value the word at `index` is: what follows a flag is its value, unless it is a flag itself. */
export function settingOfWord(words: readonly unknown[], index: number): string {
  const before = words[index - 1]
  const word = words[index]
  if (typeof before !== 'string' || typeof word !== 'string' || word.startsWith('-')) return ''
  return flag.exec(before)?.[1] ?? ''
}
