// Concern memo: asks of one subject once what many rules ask in the same words: whether they speak of it.

import type { PodTemplate } from '../model/pod-template.ts'
import type { Plan } from './plan.ts'

export interface ConcernMemo {
  /** Forgets the answers: a new subject begins. */
  begin(): void
  /** True where the plan of that index does not speak of the subject. A question that throws is left to the judging. */
  isSilent(index: number, subject: PodTemplate): boolean
  /** Those of the plans of these indexes that are not silent, in their order. The list given is kept, as is each answer for it. */
  speaking(indexes: readonly number[], subject: PodTemplate): readonly number[]
}

const unknown = 0
const speaks = 1
const silent = 2
/** With more questions than this the answers to them are no whole number that is exact. */
const mostQuestions = 50

/** The questions that the plans of a list ask, and what is left of the list by the answers to them, a binary digit each. */
interface Split {
  /** By its first plan. */
  readonly questions: readonly number[]
  readonly lists: Map<number, readonly number[]>
}

/** A memo for these plans; rules with the same function in `concerns` share an answer. */
export function rememberConcerns(plans: readonly Plan[]): ConcernMemo {
  const asked = plans.map(questionOf)
  const questions = [...new Set(asked)].filter(question => question !== undefined)
  const groups = Int16Array.from(asked, question =>
    question === undefined ? -1 : questions.indexOf(question),
  )
  const answers = new Uint8Array(questions.length)
  const splits = new Map<readonly number[], Split>()
  const isSilent = (index: number, subject: PodTemplate): boolean => {
    const group = groups[index] as number
    if (group < 0) return false
    if (answers[group] === unknown) answers[group] = ask(plans[index] as Plan, subject)
    return answers[group] === silent
  }
  const splitOf = (indexes: readonly number[]): Split => {
    let split = splits.get(indexes)
    if (!split) {
      const firsts = new Map<number, number>()
      for (const index of indexes) {
        const group = groups[index] as number
        if (group >= 0 && plans[index]?.judgesPods && !firsts.has(group)) firsts.set(group, index)
      }
      split = { questions: [...firsts.values()], lists: new Map() }
      splits.set(indexes, split)
    }
    return split
  }
  return {
    begin() {
      answers.fill(unknown)
    },
    isSilent,
    speaking(indexes, subject) {
      const { questions, lists } = splitOf(indexes)
      if (questions.length > mostQuestions) return indexes
      let key = 0
      for (const first of questions) key = key * 2 + (isSilent(first, subject) ? 1 : 0)
      let list = lists.get(key)
      if (!list) {
        list = indexes.filter(index => !plans[index]?.judgesPods || !isSilent(index, subject))
        lists.set(key, list)
      }
      return list
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
