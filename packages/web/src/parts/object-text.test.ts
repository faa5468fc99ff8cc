// Object text: lines of paths agree with the YAML that is shown, and patches leave what they say.

import { yamlText } from '@plimsoll/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kubectlPatch, lineOf, linesOf, patched, segmentsOf } from './object-text.ts'

const object = {
  kind: 'Pod',
  metadata: { labels: { 'a.b/c': 'x' }, name: 'web' },
  spec: {
    containers: [
      { args: [], name: 'one', securityContext: { privileged: true } },
      { image: 'two', ports: [{ containerPort: 80 }, { containerPort: 81 }] },
    ],
    volumes: [],
  },
}
const lineAt = (path: readonly (string | number)[]) =>
  yamlText(object).split('\n')[lineOf(object, path) - 1]?.trim()

describe('lines of an object', () => {
  test.each([
    [['kind'], 'kind: Pod'],
    [['metadata', 'labels', 'a.b/c'], 'a.b/c: x'],
    [['spec', 'containers', 0], '- args: []'],
    [['spec', 'containers', 0, 'securityContext', 'privileged'], 'privileged: true'],
    [['spec', 'containers', 1, 'ports', 1, 'containerPort'], '- containerPort: 81'],
    [['spec', 'volumes'], 'volumes: []'],
    [['spec', 'containers', 1, 'securityContext', 'privileged'], '- image: two'],
    [['spec', 'hostPID'], 'spec:'],
  ])('%j', (path, line) => expect(lineAt(path)?.replace(/^"|"(?=:)/g, '')).toBe(line))

  test('as many lines are counted as YAML has', () => {
    fc.assert(
      fc.property(
        fc.object({ maxDepth: 4, values: [fc.string(), fc.integer(), fc.constant(null)] }),
        value => {
          expect(linesOf(value)).toBe(yamlText(value).split('\n').length)
        },
      ),
      { seed: 3, numRuns: 300 },
    )
  })
})

describe('patches', () => {
  test('add, replace and remove, in fields and lists', () => {
    expect(
      patched(object, [
        { op: 'replace', path: '/spec/containers/0/securityContext/privileged', value: false },
        { op: 'remove', path: '/spec/containers/1/ports/0', value: null },
        { op: 'add', path: '/spec/containers/1/ports/-', value: { containerPort: 82 } },
        { op: 'add', path: '/metadata/labels/d~1e', value: 'y' },
      ]),
    ).toEqual({
      ...object,
      metadata: { ...object.metadata, labels: { 'a.b/c': 'x', 'd/e': 'y' } },
      spec: {
        containers: [
          { args: [], name: 'one', securityContext: { privileged: false } },
          { image: 'two', ports: [{ containerPort: 81 }, { containerPort: 82 }] },
        ],
        volumes: [],
      },
    })
    expect(object.spec.containers[0]?.securityContext?.privileged).toBe(true)
  })

  test('one that does not fit gives nothing', () => {
    expect(patched(object, [{ op: 'remove', path: '/spec/hostPID', value: null }])).toBeUndefined()
    expect(patched(object, [{ op: 'add', path: '/status/phase', value: 'x' }])).toBeUndefined()
  })

  test('the command says all of it in quotes', () => {
    const target = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' }
    expect(kubectlPatch(target, [{ op: 'add', path: '/a', value: "it's" }])).toBe(
      `kubectl patch deployment.apps/web --namespace shop --type json --patch '[{"op":"add","path":"/a","value":"it'\\''s"}]'`,
    )
  })
})

test('segments of written paths, up to where it is no path', () => {
  expect(segmentsOf('spec.containers[0].image')).toEqual(['spec', 'containers', 0, 'image'])
  expect(segmentsOf('metadata.annotations["a.b/c"]')).toEqual(['metadata', 'annotations', 'a.b/c'])
  expect(segmentsOf('data.kubelet-conf')).toEqual(['data', 'kubelet-conf'])
  expect(segmentsOf('spec ports')).toEqual(['spec'])
  expect(segmentsOf('')).toEqual([])
})
