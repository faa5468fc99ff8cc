import { expect, it } from 'vitest'
import type { PodTemplate } from '../model/pod-template.ts'
import type { Rule } from '../model/rule.ts'
import { pod } from '../samples/pods.ts'
import { clusterWith, lines, ruleThat, run } from './testing/assessing.ts'

const resources = [pod(), pod({ metadata: { name: 'agent', namespace: 'system' } })]
const judged = (rules: readonly Rule[]) => lines(run({ snapshot: clusterWith(resources), rules }).results)

it('what several rules ask by one function is asked once of each subject', () => {
  let asked = 0
  const concerns = ({ namespace }: PodTemplate) => {
    asked++
    return namespace === 'shop'
  }
  const rules = ['a', 'b', 'c'].map(id => ruleThat(id, () => [], { concerns }))
  expect(judged(rules)).toEqual([
    'a c1/Pod/shop/web pass',
    'b c1/Pod/shop/web pass',
    'c c1/Pod/shop/web pass',
  ])
  // Once for both, and, where they speak of it, by each judgement.
  expect(asked).toBe(2 + 3)
})

it('rules with functions of their own are asked each', () => {
  const rules = ['shop', 'system'].map(own =>
    ruleThat(own, () => [], { concerns: ({ namespace }) => namespace === own }),
  )
  expect(judged(rules)).toEqual(['shop c1/Pod/shop/web pass', 'system c1/Pod/system/agent pass'])
})

it('rules that several subjects answer differently keep their order', () => {
  const inShop = ({ namespace }: PodTemplate) => namespace === 'shop'
  const failing = () => {
    throw new Error('no answer')
  }
  const rules = [
    ruleThat('a', () => [], { concerns: inShop }),
    ruleThat('b', () => []),
    ruleThat('c', () => [], { concerns: failing }),
    ruleThat('d', () => [], { concerns: inShop }),
  ]
  expect(judged(rules)).toEqual([
    'a c1/Pod/shop/web pass',
    'b c1/Pod/shop/web pass',
    'c c1/Pod/shop/web error',
    'd c1/Pod/shop/web pass',
    'b c1/Pod/system/agent pass',
    'c c1/Pod/system/agent error',
  ])
})
