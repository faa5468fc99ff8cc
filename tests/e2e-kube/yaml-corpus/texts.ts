/** Random texts of several documents: YAML and JSON, separators of all kinds, comments and mistakes in any order. */
import { randomFrom } from './random.ts'

const json = (name: string): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Reading', metadata: { name }, value: '---' })

/** Where YAML that looks like JSON does not stand by itself, we name the mistake in it, and kubectl ignores the rest. */
const apart = (text: string, index: number): string => `${index === 0 ? '' : '---\n'}${text}\n---\n`

const lines = [
  '---',
  '---',
  '---',
  '--- # c',
  '---   ',
  '---\r',
  '',
  '# c',
  ' ',
  '...',
  '---x',
  '----',
  '%YAML 1.1',
  'a: ]',
]

/** Texts in which `object` gives the documents of YAML, by their names. */
export function texts(seed: number, count: number, object: (name: string) => string): string[] {
  const random = randomFrom(seed)
  const pieces: ((index: number) => string)[] = [
    index => object(`o${index}`),
    index => object(`o${index}`),
    index => `${object(`o${index}`)}text: |\n  a\n---\n`,
    index => json(`j${index}`),
    index => `${json(`j${index}`)}\n`,
    index => apart(`{apiVersion: v1, kind: Reading, metadata: {name: f${index}}}`, index),
    index => apart(`${json(`j${index}`).slice(0, -1)},}`, index),
    ...lines.map(line => () => `${line}\n`),
  ]
  const piece = (index: number): string => pieces[Math.floor(random() * pieces.length)]?.(index) ?? ''
  const text = (): string =>
    Array.from({ length: 1 + Math.floor(random() * 6) }, (_, index) => piece(index)).join('')
  return Array.from({ length: count }, () => (random() < 0.1 ? `\ufeff${text()}` : text()))
}
