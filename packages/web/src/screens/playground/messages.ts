// Messages: what the playground's page and its worker say to each other.

import type { Answer, Question } from './judge.ts'

/** A question with its number, which its reply carries too. */
export interface Asked extends Question {
  readonly number: number
}

export type Reply = { readonly number: number } & (
  | { readonly answer: Answer; readonly milliseconds: number }
  | { readonly fault: string }
)
