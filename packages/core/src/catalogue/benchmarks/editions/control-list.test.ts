// A list numbers its controls by their place; a newer one is what it says that it changed.

import { expect, test } from 'vitest'
import { type ControlList, changeControls, listControls, listNumbered } from './control-list.ts'

const older = listControls({
  '1.1 Flags': { 'apiserver.profiling': 'A1', 'apiserver.request-timeout': 'M2' },
  '2 Pods': { 'pod.privileged': 'A1', 'pod.host-pid': 'M', 'pod.host-ipc': 'M1' },
})

const told = (list: ControlList) =>
  Object.fromEntries(
    list().map(({ id, title, rows }) => [
      `${id} ${title}`,
      rows.map(row => `${row.id ?? '-'} ${row.key} ${row.label}`),
    ]),
  )

test('a list keeps the order it was written in', () => {
  expect(told(older)).toEqual({
    '1.1 Flags': ['- apiserver.profiling A1', '- apiserver.request-timeout M2'],
    '2 Pods': ['- pod.privileged A1', '- pod.host-pid M', '- pod.host-ipc M1'],
  })
})

test('a numbered list keeps its ids', () => {
  const list = listNumbered({ 'pod Pods': { '1.0': ['pod.privileged', 'A'] } })
  expect(told(list)).toEqual({ 'pod Pods': ['1.0 pod.privileged A'] })
})

test('controls go, come, change places and labels', () => {
  const newer = changeControls(older, {
    removed: ['apiserver.profiling'],
    replaced: { 'pod.host-pid': 'pod.host-network' },
    added: { 'pod.privileged': { 'pod.host-path': 'A2' } },
    relabelled: { A1: ['pod.host-ipc'], M1: ['pod.host-path'] },
  })
  expect(told(newer)).toEqual({
    '1.1 Flags': ['- apiserver.request-timeout M2'],
    '2 Pods': ['- pod.privileged A1', '- pod.host-path M1', '- pod.host-network M', '- pod.host-ipc A1'],
  })
})

test('sections come in their place, end when empty, and take other ids', () => {
  const newer = changeControls(older, {
    removed: ['apiserver.profiling', 'apiserver.request-timeout'],
    sections: { '1.10 Files': { 'file.pki.owner:root': 'A' }, '1.9 Logs': { 'audit.policy-set': 'A' } },
    renumbered: { '2': '1.1' },
  })
  expect(Object.keys(told(newer))).toEqual(['1.1 Pods', '1.9 Logs', '1.10 Files'])
})

test('more controls go to the end of a section that is there', () => {
  const newer = changeControls(older, { sections: { '1.1 Flags': { 'apiserver.tls-cert': 'A1' } } })
  expect(told(newer)['1.1 Flags']?.at(-1)).toBe('- apiserver.tls-cert A1')
})

test('a control may stand twice; the later one is the one that goes', () => {
  const twice = changeControls(older, { added: { 'pod.privileged': { 'pod.privileged': 'M' } } })
  expect(told(twice)['2 Pods']?.slice(0, 2)).toEqual(['- pod.privileged A1', '- pod.privileged M'])
  expect(told(changeControls(twice, { removed: ['pod.privileged'] }))).toEqual(told(older))
})

test('levels are dropped where no source can be relied on', () => {
  expect(told(changeControls(older, { withoutLevels: true }))['2 Pods']).toEqual([
    '- pod.privileged A',
    '- pod.host-pid M',
    '- pod.host-ipc M',
  ])
})

test('a number that is not the place holds for that edition alone', () => {
  const gap = changeControls(older, { numbers: { 'pod.host-ipc': '2.7' } })
  expect(told(gap)['2 Pods']?.at(-1)).toBe('2.7 pod.host-ipc M1')
  expect(told(changeControls(gap, {}))).toEqual(told(older))
})

test('the older list stays as it was', () => {
  const before = told(older)
  changeControls(older, { relabelled: { A2: ['pod.privileged'] }, removed: ['pod.host-pid'] })()
  expect(told(older)).toEqual(before)
})

test.each([
  ['removed', { removed: ['pod.host-path'] }],
  ['replaced', { replaced: { 'pod.host-path': 'pod.host-ports' } }],
  ['added', { added: { 'pod.host-path': { 'pod.host-ports': 'A' } } }],
  ['relabelled', { relabelled: { A1: ['pod.host-path'] } }],
  ['numbers', { numbers: { 'pod.host-path': '9.9' } }],
] as const)('a change of a control that the older edition lacks is an error: %s', (_, changes) => {
  expect(() => changeControls(older, changes)()).toThrow('no pod.host-path')
})

test('a section that the older edition lacks cannot take another id', () => {
  expect(() => changeControls(older, { renumbered: { '7': '8' } })()).toThrow('no section 7')
})
