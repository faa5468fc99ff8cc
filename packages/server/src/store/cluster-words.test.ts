import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ClusterWords, clusterWordFields, speakerOf, wordOf } from './cluster-words.ts'

const word = fc.record(
  {
    name: fc.string({ minLength: 1 }),
    environment: fc.string(),
    labels: fc.dictionary(fc.string(), fc.string()),
  },
  { requiredKeys: [] },
)

describe('whose word counts', () => {
  it('is the person’s, else the agent’s, else the enrolment’s, of each field by itself', () => {
    const enrolment = { at: '2026-01-01', name: 'enrolled', environment: 'test', labels: { a: '1' } }
    const agent = { environment: 'staging', labels: {} }
    expect(wordOf({})).toEqual({})
    expect(wordOf({ enrolment })).toEqual({ name: 'enrolled', environment: 'test', labels: { a: '1' } })
    expect(wordOf({ enrolment, agent })).toEqual({ name: 'enrolled', environment: 'staging', labels: {} })
    const words: ClusterWords = { enrolment, agent, person: { environment: '' } }
    // To say that there is none is to say something.
    expect(wordOf(words).environment).toBe('')
    expect(clusterWordFields.map(field => speakerOf(words, field))).toEqual(['enrolment', 'person', 'agent'])
  })

  it('does not change by what those say who come after', () => {
    fc.assert(
      fc.property(word, word, word, (person, agent, other) => {
        const all = wordOf({ person, agent })
        const said = wordOf({ person, agent, enrolment: { ...other, at: '' } })
        for (const field of clusterWordFields)
          if (all[field] !== undefined) expect(said[field]).toEqual(all[field])
      }),
    )
  })
})
