// Query: what the API takes and gives of the query language: its fields, completion, and whether a text is a query.

import { z } from 'zod'

export const list = z.enum(['findings', 'resources', 'clusters', 'exceptions'])
export const fieldsQuery = z.object({ list })
export const fields = z
  .object({
    items: z.array(
      z.object({
        name: z.string(),
        type: z.enum(['text', 'word', 'rank', 'number', 'boolean', 'instant', 'version', 'labels', 'rule']),
        description: z.string(),
        examples: z.array(z.string()),
        words: z.array(z.string()),
        operators: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'QueryFields' })

export const completeQuery = z.object({
  list,
  q: z.string().max(10_000).default(''),
  /** Where the cursor stands, in UTF-16 units; at the end, where it is not given. */
  cursor: z.coerce.number().int().min(0).optional(),
})
export const completion = z
  .object({
    from: z.number().int(),
    to: z.number().int(),
    suggestions: z.array(
      z.object({
        text: z.string(),
        type: z.enum(['field', 'operator', 'value', 'keyword']),
        description: z.string(),
      }),
    ),
    /** What is wrong with the text as it stands. */
    problem: z
      .object({
        start: z.number().int(),
        end: z.number().int(),
        message: z.string(),
        suggestions: z.array(z.string()),
      })
      .nullable(),
  })
  .meta({ id: 'QueryCompletion' })
