// Validate: reads parameters, query and body of a request by the route's schemas, and names every wrong place at once.

import { z } from 'zod'
import { invalidRequest } from './problem.ts'
import type { Route } from './route.ts'

export interface Raw {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

/** Gives a reader of the route's input. It throws a fault `invalid-request`; what no schema asks for is refused, not passed over. */
export function inputReader(route: Route): (raw: Raw) => Raw {
  const schemas = {
    path: strict(route.params ?? none),
    query: strict(route.query ?? none),
    body: route.body === 'stream' || route.body === undefined ? z.any() : strict(route.body),
  }
  return raw => {
    const params = schemas.path.safeParse(raw.params)
    const query = schemas.query.safeParse(raw.query)
    const body = schemas.body.safeParse(raw.body)
    if (params.success && query.success && body.success)
      return {
        params: params.data,
        query: query.data,
        body: route.body === undefined ? undefined : body.data,
      }
    throw invalidRequest([
      ...(params.error ? [{ part: 'path', error: params.error }] : []),
      ...(query.error ? [{ part: 'query', error: query.error }] : []),
      ...(body.error ? [{ part: 'body', error: body.error }] : []),
    ])
  }
}

const none = z.object({})

/** The schema, refusing keys that it does not know, where it says nothing of them itself. */
function strict(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodObject && schema.def.catchall === undefined ? schema.strict() : schema
}
