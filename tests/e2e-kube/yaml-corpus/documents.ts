/** Random documents in all styles that YAML has, sound ones and damaged ones. */
import { randomFrom } from './random.ts'
import { plainScalars } from './scalars.ts'

/** Writes random mappings in all styles that YAML has. */
class Writer {
  private readonly random: () => number
  private anchors: string[] = []

  constructor(random: () => number) {
    this.random = random
  }

  body(): string {
    this.anchors = []
    return this.mapping(3, 0)
  }

  private chance(probability: number): boolean {
    return this.random() < probability
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit)
  }

  private pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T
  }

  private repeat(count: number, write: (index: number) => string): string[] {
    return Array.from({ length: count }, (_, index) => write(index))
  }

  private word(): string {
    if (this.chance(0.02)) return this.pick(plainScalars)
    return this.pick([
      'a',
      'bc',
      'value one',
      'yes',
      '0x1f',
      '1.5',
      'x#y',
      'http://x/y',
      '12:30',
      'k8s.io/app',
      '-x',
      'true',
      '~',
      '0644',
    ])
  }

  private properties(): string {
    let text = ''
    if (this.chance(0.06)) {
      const name = this.pick(['p', 'q', 'r'])
      this.anchors.push(name)
      text += `&${name} `
    }
    return this.chance(0.03)
      ? text + this.pick(['!!str ', '!!int ', '!own ', '! ', '!!map ', '!!float '])
      : text
  }

  private alias(): string | undefined {
    return this.anchors.length > 0 && this.chance(0.1) ? `*${this.pick(this.anchors)} ` : undefined
  }

  private scalar(indent: string): string {
    const word = this.word()
    switch (this.below(12)) {
      case 0:
        return JSON.stringify(word)
      case 1:
        return `'${word.replaceAll("'", "''")}'`
      case 2:
        return `"${word.replace(/["\\]/g, '\\$&')}\n${indent}${this.pick(['', '\n'])}${this.pick(['b', 'c d', `\\\n${indent} x`])}"`
      case 3:
        return `'${word.replaceAll("'", "''")} \n${indent} b\n\n${indent}c'`
      case 4:
        return `${word}\n${indent}${this.word()}`
      case 5:
        return `${word}\n\n${indent} ${this.word()}`
      default:
        return word
    }
  }

  private flow(depth: number, indent: string): string {
    const style = this.below(depth <= 0 ? 3 : 6)
    const alias = this.alias()
    if (style < 3) return alias ?? this.properties() + this.scalar(indent)
    const separator = this.pick([', ', ',', ` ,\n${indent}`, ` # c\n${indent}, `])
    if (style === 3) {
      const items = this.repeat(
        this.below(4),
        () => (this.chance(0.15) ? `${this.key()}: ` : '') + this.flow(depth - 1, indent),
      )
      return `${this.properties()}[${items.join(separator)}${this.pick([']', ',]', ' ]', `\n${indent}]`])}`
    }
    const pairs = this.repeat(
      this.below(4),
      () => this.key() + this.pick([': ', ': ', ' : ', `:\n${indent}`, ':']) + this.flow(depth - 1, indent),
    )
    return `${this.properties()}{${pairs.join(separator)}${this.pick(['}', ',}', ' }', `\n${indent}}`])}`
  }

  private key(): string {
    const alias = this.chance(0.2) ? this.alias() : undefined
    if (alias !== undefined) return alias
    const properties = this.chance(0.1) ? this.properties() : ''
    if (this.chance(0.05))
      return properties + this.pick(['"q"', "'r s'", '"\\x41"', '<<', '~', '-', '1.5', 'yes', '0x10'])
    return (
      properties + this.pick(['a', 'b', 'name', 'x y', '0x1', '1.', 'k8s.io/a', '-', '1_']) + this.below(99)
    )
  }

  /** A merge of what is a mapping, most often. */
  private merge(): string {
    const sources = [
      `{a${this.below(9)}: 1, b: 2}`,
      '[{a1: 1}, {b2: 2}]',
      this.alias() ?? '{}',
      `[${this.alias() ?? '{}'}]`,
    ]
    return `<<: ${this.pick(sources)}`
  }

  /** What follows a key's colon or an item's dash, with its line's end; further lines go deeper than `level`. */
  private block(depth: number, level: number): string {
    const indent = ' '.repeat(level)
    const style = this.below(depth <= 0 ? 5 : 12)
    if (style <= 2) {
      const value = this.alias() ?? this.properties() + this.scalar(`${indent} `)
      return ` ${value}${this.pick(['\n', '\n', ' # c\n', '\n\n', ' \n'])}`
    }
    if (style === 3) return ` ${this.flow(2, `${indent} `)}\n`
    if (style === 4) return this.blockScalar(level)
    const properties = this.chance(0.1) ? ` ${this.properties()}` : ''
    if (style > 7) return `${properties}\n${this.mapping(depth - 1, level + this.pick([1, 2, 2, 4]))}`
    const at = this.chance(0.4) ? level : level + 2
    const items = this.repeat(1 + this.below(3), () => `${' '.repeat(at)}-${this.item(depth - 1, at + 2)}`)
    return `${properties}\n${items.join(this.chance(0.1) ? '\n # c\n' : '')}`
  }

  private blockScalar(level: number): string {
    const increment = this.pick(['', '', '', '1', '2'])
    const at = ' '.repeat(level + (increment === '' ? 1 + this.below(3) : Number(increment)))
    const lines = this.repeat(this.below(5), () =>
      this.pick([
        '',
        at + this.word(),
        at + this.word(),
        `${at} more`,
        ' '.repeat(this.below(at.length + 2)),
        `${at}x\tt`,
        `${at}# c`,
      ]),
    )
    const head =
      this.pick(['|', '>']) + this.pick([increment, `${increment}-`, `-${increment}`, `+${increment}`])
    return ` ${this.properties()}${head}${this.pick(['', ' # c', ' '])}\n${lines.map(line => `${line}\n`).join('')}`
  }

  private item(depth: number, level: number): string {
    if (depth > 0 && this.chance(0.4)) return ` ${this.mapping(depth, level).slice(level)}`
    if (depth > 0 && this.chance(0.15)) return ` -${this.item(depth - 1, level + 2)}`
    return this.block(depth, level - 1)
  }

  private mapping(depth: number, level: number): string {
    const indent = ' '.repeat(level)
    const pairs = this.repeat(1 + this.below(4), () =>
      this.chance(0.04)
        ? `${indent}?${this.block(0, level)}${indent}:${this.block(depth, level)}`
        : this.chance(0.03)
          ? `${indent}${this.merge()}\n`
          : indent + this.key() + this.pick([':', ':', ':', ' :']) + this.block(depth, level),
    )
    return pairs.join(this.chance(0.1) ? '# comment\n' : '')
  }
}

/** Random bodies: lines of a mapping. */
export function documentBodies(seed: number, count: number): string[] {
  const writer = new Writer(randomFrom(seed))
  return Array.from({ length: count }, () => writer.body())
}

const noise = [
  '  ',
  '\n',
  '- ',
  ': ',
  ':',
  '?',
  '[',
  ']',
  '{',
  '}',
  ',',
  '#',
  '"',
  "'",
  '|',
  '>',
  '&',
  '*',
  '!',
  '\t',
  '\r',
  '\\',
  'a',
  '\u2028',
  '\u0085',
]

/** The same bodies, each damaged in one or two places. */
export function damagedBodies(seed: number, count: number): string[] {
  const random = randomFrom(seed + 1)
  const below = (limit: number): number => Math.floor(random() * limit)
  const damage = (text: string): string => {
    const at = below(text.length + 1)
    const from = below(text.length)
    const edits = [
      () => text.slice(0, at) + text.slice(at + 1 + below(3)),
      () => text.slice(0, at) + (noise[below(noise.length)] as string) + text.slice(at),
      () => text.slice(0, at) + text.slice(from, from + below(12)) + text.slice(at),
    ]
    return edits[below(edits.length)]?.() ?? text
  }
  return documentBodies(seed, count).map(body => (random() < 0.5 ? damage(body) : damage(damage(body))))
}
