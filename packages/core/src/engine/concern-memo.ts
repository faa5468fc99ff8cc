// Concern memo: asks of one subject once what many rules ask in the same words: whether they speak of it.

import type { PodTemplate } from '../model/pod-template.ts'
import type { Plan } from './plan.ts'

export interface ConcernMemo {
  /** Forgets the answers: a new subject begins. */
  begin(): void
  /** True where the plan of that index does not speak of the subject. A question that throws is left to the judging. */
  isSilent(index: number, subject: PodTemplate): boolean
}

const unknown = 0
const speaks = 1
const silent = 2

/** A memo for these plans; rules with the same function in `concerns` share an answer. */
export function rememberConcerns(plans: readonly Plan[]): ConcernMemo {
  const asked = plans.map(questionOf)
  const questions = [...new Set(asked)].filter(question => question !== undefined)
  const groups = Int16Array.from(asked, question =>
    question === undefined ? -1 : questions.indexOf(question),
  )
  const answers = new Uint8Array(questions.length)
  return {
    begin() {
      answers.fill(unknown)
    },
    isSilent(index, subject) {
      const group = groups[index] as number
      if (group < 0) return false
      if (answers[group] === unknown) answers[group] = ask(plans[index] as Plan, subject)
      return answers[group] === silent
    },
  }
}

/** The function itself, by which plans with the same question are known. */
const questionOf = ({ rule }: Plan): unknown => (rule as { readonly concerns?: unknown }).concerns

function ask({ concerns }: Plan, subject: PodTemplate): number {
  try {
    return concerns?.(subject) === false ? silent : speaks
  } catch {
    return speaks
  }
}
