import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Resource } from '../../model/resource.ts'
import type { GroupedDerivation } from '../../model/rule.ts'
import { indexResources } from '../resource-index.ts'
import { resourceKey } from './placements.ts'
import { standingIndex } from './standing-index.ts'

/** The apps of a namespace. */
const appsIn: GroupedDerivation<readonly string[]> = {
  kinds: ['Pod', 'Job'],
  groupOf: ({ metadata }) => metadata.namespace ?? '',
  essenceOf: ({ metadata }) => metadata.labels?.app ?? '',
  from: resources => [...new Set(resources.map(({ metadata }) => metadata.labels?.app ?? ''))].sort(),
}

const namespaces = ['a', 'b']
const resource = fc
  .record({
    // A foreign kind of the name of a built-in one stands for that name while there is none of the built-in.
    type: fc.constantFrom(['v1', 'Pod'], ['batch/v1', 'Job'], ['example.com/v1', 'Pod'], ['v1', 'Service']),
    namespace: fc.constantFrom(...namespaces),
    name: fc.constantFrom('x', 'y', 'z'),
    app: fc.constantFrom('web', 'db'),
    isSound: fc.boolean(),
  })
  .map(({ type: [apiVersion = '', kind = ''], namespace, name, app, isSound }) => ({
    isSound,
    resource: { apiVersion, kind, metadata: { name, namespace, labels: { app } } } as Resource,
  }))
const move = fc.record({ put: resource, isGone: fc.boolean() })

describe('standingIndex', () => {
  it('finds what an index of all that is there finds, and tells of every group that became another', () => {
    fc.assert(
      fc.property(fc.array(fc.array(move, { maxLength: 4 }), { maxLength: 8 }), steps => {
        const standing = standingIndex()
        const there = new Map<string, { readonly resource: Resource; readonly isSound: boolean }>()
        let before: Readonly<Record<string, readonly string[]>> | undefined
        for (const moves of steps) {
          for (const { put, isGone } of moves) {
            const key = resourceKey(put.resource)
            if (isGone) there.delete(key)
            else there.set(key, put)
            const sourced = { resource: put.resource, source: { file: 'x', document: 0 } }
            standing.put(key, isGone ? undefined : sourced, put.isSound)
          }
          const all = [...there].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
          const isSound = (one: Resource) => all.some(own => own.resource === one && own.isSound)
          const cold = indexResources(all.map(one => one.resource))
          const view = standing.view()
          for (const kind of ['Pod', 'Pod.example.com', 'Job', 'Service', 'Secret'])
            for (const namespace of [undefined, ...namespaces]) {
              const found = cold.list(kind, namespace)
              expect(view.list(kind, namespace)).toEqual(found)
              expect(view.get(kind, namespace, 'x')).toEqual(cold.get(kind, namespace, 'x'))
              expect(view.suspects(kind, namespace)).toEqual(
                found.filter(one => !all.some(own => own.isSound && own.resource === one)),
              )
            }
          const changes = standing.changes().get(appsIn)
          const values = Object.fromEntries(
            namespaces.map(group => [group, view.deriveIn(appsIn, group, isSound)]),
          )
          for (const group of namespaces) {
            expect(values[group]).toEqual(cold.deriveIn(appsIn, group, isSound))
            if (!before || JSON.stringify(before[group]) === JSON.stringify(values[group])) continue
            expect(changes === 'all' || changes?.has(group)).toBe(true)
          }
          before = values
        }
      }),
      { numRuns: 300, seed: 20260304 },
    )
  })

  it('calls nothing changed where one more is like others, or less', () => {
    const index = standingIndex()
    const pod = (name: string, app: string) => ({
      resource: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'a', labels: { app } },
      } as Resource,
      source: { file: 'x', document: 0 },
    })
    index.put('Pod/a/x', pod('x', 'web'))
    index.view().deriveIn(appsIn, 'a', () => true)
    index.put('Pod/a/y', pod('y', 'web'))
    index.put('Pod/a/x', undefined)
    expect(index.changes().size).toBe(0)
    index.put('Pod/a/y', pod('y', 'db'))
    expect(index.changes()).toEqual(new Map([[appsIn, new Set(['a'])]]))
  })
})
