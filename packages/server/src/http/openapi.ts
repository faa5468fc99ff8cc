// OpenAPI: the description of the API (3.1), made from the routes and their schemas.

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { faultCodes } from '../services/fault.ts'
import type { Route } from './route.ts'

type JsonObject = Record<string, unknown>

export interface OpenApiOptions {
  readonly version: string
  /** Where the API is served, as clients see it. */
  readonly url: string
}

/** The document as a value. Schemas with an id (`.meta({ id })`) become components, under `<id>Input` where they are read otherwise than written. */
export function openApiDocument(routes: readonly Route[], { version, url }: OpenApiOptions): JsonObject {
  const components = new Components()
  const paths: Record<string, JsonObject> = {}
  for (const route of routes) {
    paths[route.path] ??= {}
    Object.assign(paths[route.path] as JsonObject, {
      [route.method.toLowerCase()]: operation(route, components),
    })
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Plimsoll',
      version,
      summary: 'Kubernetes security posture: findings, scores, exceptions and access.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url }],
    tags: [...new Set(routes.map(route => route.tag))].sort().map(name => ({ name })),
    paths,
    components: {
      schemas: { Problem: problemSchema, ...components.schemas },
      responses: {
        Problem: {
          description: 'What went wrong, with a code of one table.',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-plimsoll' },
        token: { type: 'http', scheme: 'bearer', description: 'An API token.' },
        collector: { type: 'http', scheme: 'bearer', description: "A collector's enrolment token." },
      },
    },
  }
}

function operation(route: Route, components: Components): JsonObject {
  const { id, tag, summary, access, body } = route
  const status = String(route.success ?? (route.response || route.produces ? 200 : 204))
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(typeof access === 'object' && { 'x-plimsoll-role': access.role }),
    security:
      access === 'public'
        ? []
        : access === 'collector'
          ? [{ collector: [] }]
          : [{ session: [] }, { token: [] }],
    parameters: [
      ...parameters('path', route.params, components),
      ...parameters('query', route.query, components),
    ],
    ...(body !== undefined && { requestBody: requestBody(body, components) }),
    responses: {
      [status]: {
        description: summary,
        ...((route.response || route.produces) && { content: content(route, components) }),
      },
      default: { $ref: '#/components/responses/Problem' },
    },
  }
}

function requestBody(body: NonNullable<Route['body']>, components: Components): JsonObject {
  return body === 'stream'
    ? { required: true, content: { '*/*': { schema: {} } } }
    : { required: true, content: { 'application/json': { schema: components.use(body, 'input') } } }
}

function content({ response, produces = [] }: Route, components: Components): JsonObject {
  return Object.fromEntries([
    ...(response ? [['application/json', { schema: components.use(response, 'output') }]] : []),
    ...produces.map(type => [type, { schema: { type: 'string' } }]),
  ])
}

/** Each property of the schema's object is a parameter of its own. */
function parameters(
  place: 'path' | 'query',
  schema: z.ZodType | undefined,
  components: Components,
): JsonObject[] {
  if (!schema) return []
  const { properties = {}, required = [] } = components.inline(schema) as {
    properties?: Record<string, JsonObject>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...described }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description !== undefined && { description }),
    schema: described,
  }))
}

/** Collects schemas that have an id, as they are met. */
class Components {
  readonly schemas: Record<string, unknown> = {}

  /** The schema where it is used: whole, or as a reference. */
  use(schema: z.ZodType, io: 'input' | 'output'): unknown {
    const {
      $defs = {},
      $schema: _,
      ...used
    } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonObject
    const names = this.#names($defs as JsonObject)
    return rewrite(used, names)
  }

  /** An object's schema with its properties in place, for parameters. */
  inline(schema: z.ZodType): JsonObject {
    const given = this.use(schema, 'input') as JsonObject
    if (typeof given.$ref !== 'string') return given
    return this.schemas[given.$ref.slice(prefix.length)] as JsonObject
  }

  /** Stores definitions and gives the name that each has; a name whose definition differs gets `Input` added. */
  #names(definitions: JsonObject): ReadonlyMap<string, string> {
    const given = new Map(Object.entries(definitions).map(([name, one]) => [name, lastingName(name, one)]))
    for (let changed = true; changed; ) {
      changed = false
      for (const [name, definition] of Object.entries(definitions)) {
        const known = this.schemas[given.get(name) as string]
        if (known === undefined || given.get(name) !== name) continue
        if (JSON.stringify(known) === JSON.stringify(rewrite(definition, given))) continue
        given.set(name, `${name}Input`)
        changed = true
      }
    }
    for (const [name, definition] of Object.entries(definitions))
      this.schemas[given.get(name) as string] ??= rewrite(definition, given)
    return given
  }
}

const prefix = '#/components/schemas/'

/** What holds itself and has no id is numbered by zod for each schema anew; its content names it for the whole document. */
const lastingName = (name: string, definition: unknown) =>
  name.startsWith('__')
    ? `Anonymous${createHash('sha256').update(JSON.stringify(definition)).digest('hex').slice(0, 8)}`
    : name

/** Points references at the components, and drops what says twice what `format` says once. */
function rewrite(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map(one => rewrite(one, names))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'id' || typeof (value as JsonObject).id !== 'string')
      .filter(([key]) => key !== 'pattern' || (value as JsonObject).format === undefined)
      .map(([key, one]) =>
        key === '$ref' && typeof one === 'string'
          ? [key, one.replace(/^#\/\$defs\/(.+)$/, (_, name: string) => prefix + (names.get(name) ?? name))]
          : [key, rewrite(one, names)],
      ),
  )
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'instance'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(faultCodes) },
    detail: { type: 'string' },
    instance: { type: 'string' },
    object: { type: 'string', description: 'SHA-256 of the object of a snapshot that it is about.' },
    places: {
      type: 'array',
      items: {
        type: 'object',
        required: ['message'],
        properties: {
          path: { type: 'string', description: 'JSON pointer into the request.' },
          offset: { type: 'integer' },
          length: { type: 'integer' },
          message: { type: 'string' },
        },
      },
    },
  },
}
