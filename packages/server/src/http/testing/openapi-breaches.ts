// OpenAPI breaches: the rules of OpenAPI 3.1 that a document can break, checked without a network; for the tests of every family of routes.

import { Ajv2020 } from 'ajv/dist/2020.js'

type JsonObject = Record<string, unknown>

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

/** The objects of the specification that we write, by their required and allowed fields. */
const shape = {
  $defs: {
    schemaOrRef: { type: ['object', 'boolean'] },
    content: {
      type: 'object',
      minProperties: 1,
      additionalProperties: {
        type: 'object',
        properties: { schema: { $ref: '#/$defs/schemaOrRef' }, example: true, examples: { type: 'object' } },
        additionalProperties: false,
      },
    },
    response: {
      anyOf: [
        { type: 'object', required: ['$ref'], properties: { $ref: { type: 'string' } } },
        {
          type: 'object',
          required: ['description'],
          properties: {
            description: { type: 'string', minLength: 1 },
            headers: { type: 'object' },
            content: { $ref: '#/$defs/content' },
          },
          additionalProperties: false,
        },
      ],
    },
    parameter: {
      type: 'object',
      required: ['name', 'in', 'schema'],
      properties: {
        name: { type: 'string', minLength: 1 },
        in: { enum: ['query', 'path', 'header', 'cookie'] },
        required: { type: 'boolean' },
        description: { type: 'string' },
        deprecated: { type: 'boolean' },
        schema: { $ref: '#/$defs/schemaOrRef' },
      },
      additionalProperties: false,
      anyOf: [
        { properties: { in: { not: { const: 'path' } } } },
        { required: ['required'], properties: { required: { const: true } } },
      ],
    },
    operation: {
      type: 'object',
      required: ['operationId', 'responses'],
      properties: {
        operationId: { type: 'string', pattern: '^[a-z][A-Za-z0-9]*$' },
        tags: { type: 'array', items: { type: 'string' } },
        summary: { type: 'string', minLength: 1 },
        description: { type: 'string' },
        parameters: { type: 'array', items: { $ref: '#/$defs/parameter' } },
        requestBody: {
          type: 'object',
          required: ['content'],
          properties: { required: { type: 'boolean' }, content: { $ref: '#/$defs/content' } },
        },
        responses: {
          type: 'object',
          minProperties: 1,
          propertyNames: { pattern: '^(?:[1-5](?:\\d\\d|XX)|default)$' },
          additionalProperties: { $ref: '#/$defs/response' },
        },
        security: { type: 'array', items: { type: 'object' } },
      },
      patternProperties: { '^x-': true },
      additionalProperties: false,
    },
  },
  type: 'object',
  required: ['openapi', 'info', 'paths'],
  properties: {
    openapi: { type: 'string', pattern: '^3\\.1\\.\\d+$' },
    info: { type: 'object', required: ['title', 'version'] },
    servers: { type: 'array', items: { type: 'object', required: ['url'] } },
    tags: { type: 'array', items: { type: 'object', required: ['name'] } },
    paths: {
      type: 'object',
      propertyNames: { pattern: '^/' },
      additionalProperties: {
        type: 'object',
        propertyNames: { enum: methods },
        additionalProperties: { $ref: '#/$defs/operation' },
      },
    },
    components: {
      type: 'object',
      properties: {
        schemas: {
          type: 'object',
          propertyNames: { pattern: '^[a-zA-Z0-9._-]+$' },
          additionalProperties: { $ref: '#/$defs/schemaOrRef' },
        },
        responses: { type: 'object', additionalProperties: { $ref: '#/$defs/response' } },
        securitySchemes: { type: 'object', additionalProperties: { type: 'object', required: ['type'] } },
      },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
}

interface Operation {
  readonly operationId: string
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly security?: readonly JsonObject[]
}

/** What is wrong, a sentence each; empty where the document is one of OpenAPI 3.1. */
export function openApiBreaches(document: JsonObject): string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  const check = ajv.compile(shape)
  if (!check(document)) return (check.errors ?? []).map(error => `${error.instancePath} ${error.message}`)
  const found = [...danglingReferences(document), ...operationBreaches(document)]
  for (const [name, schema] of schemasOf(document)) {
    if (!ajv.validateSchema(schema as JsonObject))
      found.push(`component ${name} is no schema of 2020-12: ${ajv.errorsText()}`)
  }
  return found
}

function operationBreaches(document: JsonObject): string[] {
  const found: string[] = []
  const ids = new Set<string>()
  const schemes = Object.keys((document.components as { securitySchemes?: JsonObject }).securitySchemes ?? {})
  for (const [path, item] of Object.entries(document.paths as Record<string, Record<string, Operation>>))
    for (const [method, operation] of Object.entries(item)) {
      const where = `${method.toUpperCase()} ${path}`
      if (ids.has(operation.operationId)) found.push(`two operations are called ${operation.operationId}`)
      ids.add(operation.operationId)
      const described = (operation.parameters ?? []).filter(one => one.in === 'path').map(one => one.name)
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1] as string)
      for (const name of named)
        if (!described.includes(name)) found.push(`${where}: ${name} is not described`)
      for (const name of described)
        if (!named.includes(name)) found.push(`${where}: ${name} is not in the path`)
      for (const scheme of (operation.security ?? []).flatMap(one => Object.keys(one)))
        if (!schemes.includes(scheme)) found.push(`${where}: there is no security scheme ${scheme}`)
    }
  return found
}

const schemasOf = (document: JsonObject) =>
  Object.entries((document.components as { schemas?: JsonObject } | undefined)?.schemas ?? {})

function danglingReferences(document: JsonObject): string[] {
  const found: string[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const reference = (value as { $ref?: unknown }).$ref
    if (typeof reference === 'string' && resolve(document, reference) === undefined)
      found.push(`${reference} leads nowhere`)
    for (const one of Object.values(value)) visit(one)
  }
  visit(document)
  return found
}

function resolve(document: JsonObject, reference: string): unknown {
  if (!reference.startsWith('#/')) return undefined
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((value, step) => (value as JsonObject | undefined)?.[step], document)
}
