import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { slimResource } from './slim.ts'

const secretValue = 'cGxpbXNvbGw='

const lastApplied = JSON.stringify({ kind: 'Secret', data: { password: secretValue } })

describe('every object', () => {
  test('loses managedFields and the copies of itself, and nothing else', () => {
    const given = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'web',
        managedFields: [{ manager: 'kubectl' }],
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': lastApplied,
          'kapp.k14s.io/original': lastApplied,
          'objectset.rio.cattle.io/applied': 'H4sIAAAAAAAA',
          'banzaicloud.com/last-applied': 'UEsDBBQ',
          'kubecfg.ksonnet.io/last-applied-configuration': lastApplied,
          'example.com/owner': 'shop',
        },
      },
      spec: { replicas: 2 },
    }
    expect(slimResource(given)).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', annotations: { 'example.com/owner': 'shop' } },
      spec: { replicas: 2 },
    })
  })

  test('is changed in place', () => {
    const given = { kind: 'Pod', metadata: { managedFields: [] } }
    expect(slimResource(given)).toBe(given)
    expect(given).toEqual({ kind: 'Pod', metadata: {} })
  })

  test.each([undefined, null, 5, [], 'text'])('stays as it is with metadata %j', metadata => {
    expect(slimResource({ kind: 'Pod', metadata })).toEqual({ kind: 'Pod', metadata })
  })

  test.each([null, 5, ['a'], 'text'])('stays as it is with annotations %j', annotations => {
    const given = { kind: 'Pod', metadata: { annotations } }
    expect(slimResource(given)).toEqual({ kind: 'Pod', metadata: { annotations } })
  })
})

describe('a Secret', () => {
  const secret = (fields: object) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's' },
    ...fields,
  })

  test('keeps keys and lengths of its values, and its type', () => {
    expect(
      slimResource(secret({ type: 'Opaque', data: { a: secretValue }, stringData: { b: 'hunter2' } })),
    ).toEqual(secret({ type: 'Opaque', redacted: { data: { a: 12 }, stringData: { b: 7 } } }))
  })

  test('loses values of any form', () => {
    expect(slimResource(secret({ data: secretValue }))).toEqual(secret({ redacted: { data: {} } }))
    expect(slimResource(secret({ data: { a: [secretValue], b: null } }))).toEqual(
      secret({ redacted: { data: { a: 0, b: 0 } } }),
    )
  })

  test('says the same when it is slimmed again', () => {
    const once = slimResource(secret({ data: { a: secretValue } }))
    expect(slimResource(structuredClone(once))).toEqual(once)
  })

  test('without values gets no mark', () => {
    expect(slimResource(secret({}))).toEqual(secret({}))
  })

  test('of a foreign group keeps its data: it is no Secret of Kubernetes', () => {
    const given = { apiVersion: 'example.com/v1', kind: 'Secret', data: { path: 'kv/web' } }
    expect(slimResource(given)).toEqual({
      apiVersion: 'example.com/v1',
      kind: 'Secret',
      data: { path: 'kv/web' },
    })
  })

  test('never keeps a value, whatever its fields hold', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (data, stringData) => {
        const { redacted, ...rest } = slimResource(secret({ data, stringData })) as Record<string, unknown>
        expect(rest).toEqual(secret({}))
        for (const field of Object.values(redacted as object))
          for (const length of Object.values(field as object)) expect(length).toBeTypeOf('number')
      }),
      { seed: 7, numRuns: 200 },
    )
  })
})
