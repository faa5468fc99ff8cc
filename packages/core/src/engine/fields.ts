// Fields: reads the parsed values of files that people write, and says what is wrong by its place and the nearest known word.

import { nearest, unknownId } from '../model/nearest.ts'
import type { Problem, ProblemCode } from '../model/problem.ts'
import { isRecord } from '../model/shape.ts'

/** Collects what is wrong with one file. */
export interface FieldReader {
  readonly problems: readonly Problem[]
  /** `at` is the place inside the file, such as `exceptions[0].owner`. */
  wrong(at: string, message: string): void
  unknown(at: string, what: string, given: string, known: Iterable<string>): void
  /** The object at a place, with no other fields than those known. */
  record(at: string, value: unknown, known: readonly string[]): Readonly<Record<string, unknown>> | undefined
  /** The object at a place, with any field names. */
  map(at: string, value: unknown): Readonly<Record<string, unknown>> | undefined
  /** A text that is not blank. */
  text(at: string, value: unknown): string | undefined
  /** A list of texts, at least one. */
  texts(at: string, value: unknown): readonly string[] | undefined
}

/** `code` is given to every problem except unknown ids. */
export function readFields(code: ProblemCode): FieldReader {
  const problems: Problem[] = []
  const wrong = (at: string, message: string) => {
    problems.push({ code, message: at === '' ? message : `${at}: ${message}` })
  }
  const unknown = (at: string, what: string, given: string, known: Iterable<string>) => {
    problems.push({ code: 'unknown-id', message: `${at}: ${unknownWord(what, given, [...known])}` })
  }
  const map = (at: string, value: unknown) => {
    if (isRecord(value)) return value
    wrong(at, `must be a map of fields, not ${describe(value)}`)
    return undefined
  }
  return {
    problems,
    wrong,
    unknown,
    map,
    record(at, value, known) {
      const found = map(at, value)
      for (const name of Object.keys(found ?? {}))
        if (!known.includes(name))
          problems.push({ code, message: under(at, unknownWord('field', name, known)) })
      return found
    },
    text(at, value) {
      if (typeof value === 'string' && value.trim() !== '') return value
      wrong(at, value === undefined ? 'is required' : `must be a text, not ${describe(value)}`)
      return undefined
    },
    texts(at, value) {
      if (
        Array.isArray(value) &&
        value.length > 0 &&
        value.every(item => typeof item === 'string' && item !== '')
      )
        return value as string[]
      wrong(
        at,
        value === undefined ? 'is required' : `must be a list of at least one text, not ${describe(value)}`,
      )
      return undefined
    },
  }
}

/** Few words that are known are told, where none of them comes near. */
function unknownWord(what: string, given: string, known: readonly string[]): string {
  const sentence = unknownId(what, given, known)
  const isFew = known.length > 0 && known.length <= 10 && nearest(known, given).length === 0
  return isFew ? `${sentence} (known: ${known.join(', ')})` : sentence
}

const under = (at: string, message: string) => (at === '' ? message : `${at}: ${message}`)

function describe(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (value === null || value === undefined) return 'nothing'
  if (typeof value === 'object') return 'a map'
  return JSON.stringify(value)
}
