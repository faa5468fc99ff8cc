// Randomness: whether a text looks made by a machine rather than written by a person.

/** Shannon entropy in bits per character. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>()
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

const words = /[a-z]{4,}/gi

/**
 * True for a text without blanks, of 8 characters at least, of more than one class of characters, whose letters are spread as those of
 * keys are and do not make up words that are joined by marks, as names of things do.
 */
export function looksRandom(text: string): boolean {
  if (text.length < 8 || /\s/.test(text)) return false
  const classes = [/[a-z]/, /[A-Z]/, /\d/].filter(one => one.test(text)).length
  if (classes < 2) return /^[a-f0-9]{16,}$/.test(text) && classes > 0 && /\d/.test(text)
  // Names such as `my-app-v2.example.com`: most of it is words and marks.
  if (/[-_.]/.test(text)) {
    const inWords = [...text.matchAll(words)].filter(([word]) => /^(?:[a-z]+|[A-Z]+|[A-Z][a-z]+)$/.test(word))
    const letters = inWords.reduce((sum, [word]) => sum + word.length, 0)
    if (letters >= text.length / 2) return false
  }
  return entropyOf(text) >= (text.length < 16 ? 2.5 : 3)
}
