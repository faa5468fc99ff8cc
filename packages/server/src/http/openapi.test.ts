// OpenAPI: the document follows the rules of OpenAPI 3.1 and says of each route what the route says.

import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { openApiDocument } from './openapi.ts'
import { Answer, defineRoute, type Route } from './route.ts'
import { openApiBreaches } from './testing/openapi-breaches.ts'
import { testApp } from './testing/test-app.ts'

const part = z.object({ at: z.iso.datetime(), size: z.number().default(1) }).meta({ id: 'Part' })
const thing = z.object({ name: z.string(), parts: z.array(part) }).meta({ id: 'Thing' })
const routes: readonly Route[] = [
  defineRoute({
    id: 'listThings',
    method: 'GET',
    path: '/clusters/{cluster}/things',
    tag: 'things',
    summary: 'Lists things.',
    access: { role: 'viewer' },
    params: z.object({ cluster: z.string() }),
    query: z.object({
      limit: z.coerce.number().int().default(50).describe('How many at most.'),
      q: z.string().optional(),
    }),
    response: z.object({ items: z.array(thing) }),
    produces: ['application/x-ndjson', 'text/csv'],
    handle: async () => ({ items: [] }),
  }),
  defineRoute({
    id: 'createThing',
    method: 'POST',
    path: '/clusters/{cluster}/things',
    tag: 'things',
    summary: 'Makes a thing.',
    access: { role: 'editor' },
    params: z.object({ cluster: z.string() }),
    body: thing,
    response: thing,
    success: 201,
    handle: async ({ body }) => body,
  }),
  defineRoute({
    id: 'upload',
    method: 'PUT',
    path: '/upload',
    tag: 'ingest',
    summary: 'Takes a stream.',
    access: 'collector',
    body: 'stream',
    handle: async () => new Answer(204),
  }),
]

const document = openApiDocument(routes, { version: '1.2.3', url: '/api/v1' })

test('the document follows the rules', () => {
  expect(openApiBreaches(document)).toEqual([])
})

test('breaches of the rules are seen', () => {
  const broken = structuredClone(document) as {
    paths: Record<string, Record<string, { operationId: string }>>
  }
  const upload = broken.paths['/upload']?.put as { operationId: string }
  upload.operationId = 'listThings'
  broken.paths['/lost/{id}'] = { get: { ...upload, operationId: 'lost' } }
  expect(openApiBreaches(broken)).toEqual([
    'two operations are called listThings',
    'GET /lost/{id}: id is not described',
  ])
})

test('schemas with an id are components, apart for input and output', () => {
  const { schemas } = document.components as { schemas: Record<string, { required?: string[] }> }
  expect(Object.keys(schemas).sort()).toEqual(['Part', 'PartInput', 'Problem', 'Thing', 'ThingInput'])
  expect(schemas.Part?.required).toEqual(['at', 'size'])
  expect(schemas.PartInput?.required).toEqual(['at'])
  expect(schemas.ThingInput).toMatchObject({
    properties: { parts: { items: { $ref: '#/components/schemas/PartInput' } } },
  })
  expect(JSON.stringify(document)).not.toContain('$defs')
})

test('what holds itself without an id gets a name of its own for each content', () => {
  const tree: z.ZodType = z.object({ kids: z.array(z.lazy(() => tree)) })
  const chain: z.ZodType = z.object({ next: z.lazy(() => chain).optional() })
  const withTree = (id: string, path: string, schema: z.ZodType) =>
    defineRoute({
      id,
      method: 'PUT',
      path,
      tag: 'things',
      summary: 'Takes it.',
      access: 'public',
      body: z.object({ held: schema }),
      handle: async () => undefined,
    })
  const made = openApiDocument(
    [
      withTree('putTree', '/tree', tree),
      withTree('putTreeAgain', '/again', tree),
      withTree('putChain', '/chain', chain),
    ],
    { version: '1', url: '/' },
  )
  expect(openApiBreaches(made)).toEqual([])
  const { schemas } = made.components as { schemas: object }
  expect(Object.keys(schemas).filter(name => name.startsWith('Anonymous'))).toHaveLength(2)
})

test('an operation says who may call it, with what, and what comes back', () => {
  const paths = document.paths as Record<string, Record<string, unknown>>
  expect(paths['/clusters/{cluster}/things']?.get).toMatchObject({
    'x-plimsoll-role': 'viewer',
    parameters: [
      { name: 'cluster', in: 'path', required: true },
      {
        name: 'limit',
        in: 'query',
        required: false,
        description: 'How many at most.',
        schema: { default: 50 },
      },
      { name: 'q', in: 'query', required: false },
    ],
    responses: { 200: { content: { 'application/json': {}, 'text/csv': {} } } },
  })
  expect(paths['/upload']?.put).toMatchObject({
    security: [{ collector: [] }],
    requestBody: { content: { '*/*': {} } },
    responses: { 204: {} },
  })
})

test('components accept what the schemas accept', () => {
  const ajv = new Ajv2020({ strict: false, formats: { 'date-time': true } })
  ajv.addSchema({ ...document, $id: 'urn:plimsoll:openapi' })
  const check = ajv.getSchema('urn:plimsoll:openapi#/components/schemas/Thing')
  expect(check?.({ name: 'a', parts: [{ at: '2026-01-01T00:00:00Z', size: 1 }] })).toBe(true)
  expect(check?.({ name: 'a', parts: [{ size: 'x' }] })).toBe(false)
})

test('it is served', async () => {
  const { inject } = await testApp(routes)
  const served = await inject({ url: '/api/v1/openapi.json' })
  expect(served.json()).toEqual(JSON.parse(JSON.stringify(document)))
})
