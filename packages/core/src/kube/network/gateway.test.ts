// Which routes hang on which listeners.

import { describe, expect, it } from 'vitest'
import { object } from '../../samples/objects.ts'
import { hangsOn, type Listener, readGateway, readGatewayRoute } from './gateway.ts'

const api = 'gateway.networking.k8s.io/v1'
const gateway = readGateway(object(api, 'Gateway', { name: 'edge', namespace: 'infra' }))
const isOn = (spec: object, listener: Listener = {}, namespace = 'infra') =>
  hangsOn(readGatewayRoute(object(api, 'HTTPRoute', { name: 'web', namespace }, { spec })), gateway, {
    name: 'http',
    port: 80,
    ...listener,
  })
const named = { parentRefs: [{ name: 'edge' }] }
const from = (from: string): Listener => ({ allowedRoutes: { namespaces: { from } } })

describe('a route hangs on a listener', () => {
  it('of the Gateway that it names, by section and port where it gives them', () => {
    expect(isOn(named)).toBe(true)
    expect(isOn({ parentRefs: [{ name: 'edge', sectionName: 'http', port: 80 }] })).toBe(true)
    expect(isOn({ parentRefs: [{ name: 'other' }, { name: 'edge' }] })).toBe(true)
    expect(isOn({ parentRefs: [{ name: 'edge', sectionName: 'https' }] })).toBe(false)
    expect(isOn({ parentRefs: [{ name: 'edge', port: 443 }] })).toBe(false)
    expect(isOn({ parentRefs: [{ name: 'edge', kind: 'Service' }] })).toBe(false)
    expect(isOn({})).toBe(false)
  })

  it.each([
    ['All', 'shop', true],
    ['Selector', 'shop', true],
    ['Same', 'shop', false],
    ['Same', 'infra', true],
    ['None', 'infra', false],
  ])('where namespaces are %s, from %s: %s', (scope, namespace, expected) => {
    expect(isOn({ parentRefs: [{ name: 'edge', namespace: 'infra' }] }, from(scope), namespace)).toBe(
      expected,
    )
  })

  it('of its own namespace, where it names none', () => {
    expect(isOn(named, from('All'), 'shop')).toBe(false)
  })

  it.each<[string | undefined, string[], boolean]>([
    [undefined, ['a.example.com'], true],
    ['a.example.com', [], true],
    ['a.example.com', ['a.example.com'], true],
    ['*.example.com', ['a.example.com'], true],
    ['*.example.com', ['a.b.example.com'], true],
    ['a.example.com', ['*.example.com'], true],
    ['*.example.com', ['example.com'], false],
    ['a.example.com', ['b.example.com', '*.example.org'], false],
  ])('for %s, of %j: %s', (hostname, hostnames, expected) => {
    expect(isOn({ ...named, hostnames }, hostname === undefined ? {} : { hostname })).toBe(expected)
  })
})
