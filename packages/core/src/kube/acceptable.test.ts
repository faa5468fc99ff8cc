import { describe, expect, it } from 'vitest'
import { acceptableKey, describeObject } from './acceptable.ts'

const object = (own: Readonly<Record<string, unknown>> = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'web', namespace: 'shop' },
  ...own,
})

describe('an acceptable object', () => {
  it.each([
    ['a built-in kind', object(), 'ConfigMap/shop/web'],
    [
      'a kind of a foreign group',
      object({ apiVersion: 'serving.knative.dev/v1', kind: 'Service' }),
      'Service.serving.knative.dev/shop/web',
    ],
    [
      'a name of RBAC',
      object({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'system:node-Proxy' },
      }),
      'ClusterRole//system:node-Proxy',
    ],
    [
      'a Secret without values',
      object({ kind: 'Secret', redacted: { data: { password: 8 } } }),
      'Secret/shop/web',
    ],
    ['a Secret with an empty map', object({ kind: 'Secret', data: {} }), 'Secret/shop/web'],
    ['a reference to a Secret', object({ ref: { kind: 'Secret', name: 'db' } }), 'ConfigMap/shop/web'],
    ['a kind that ends like a list', object({ kind: 'AllowList' }), 'AllowList/shop/web'],
  ])('has its key: %s', (_, value, key) => expect(acceptableKey(value)).toEqual({ key }))

  it('may be as deep as any object is, and no deeper', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) })
    expect(acceptableKey(object({ data: nested(150) }))).toHaveProperty('key')
    expect(acceptableKey(object({ data: nested(250) }))).toMatchObject({ code: 'malformed' })
  })

  it.each([
    [null],
    [[]],
    ['text'],
    [{}],
    [object({ apiVersion: 7 })],
    [object({ kind: 'config map' })],
    [object({ metadata: [] })],
  ])('is not %j', value => expect(acceptableKey(value)).toMatchObject({ code: 'malformed' }))

  it('is called by kind and place in one line, whatever it holds', () => {
    expect(describeObject(object())).toBe('ConfigMap shop/web')
    expect(describeObject(object({ metadata: { name: 'a\nb\u001b[1m' } }))).toBe('ConfigMap a?b?[1m')
    expect(describeObject({})).toBe('an object without a kind')
  })
})
