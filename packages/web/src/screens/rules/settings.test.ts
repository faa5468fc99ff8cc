// Settings: turning off keeps what else was set, and turning on again leaves what was there before.

import { expect, test } from 'vitest'
import { isOffInAll, turnedOff, turnedOn } from './settings.ts'

const rule = { type: 'rule', id: 'host-pid' } as const
const control = { type: 'control', benchmark: 'cis-eks', edition: '1.8.0', id: '4.2.1' } as const
const none = { rules: {}, controls: {} }

test('off and on again is as before', () => {
  expect(turnedOff(none, rule, 'no pods here').rules).toEqual({
    'host-pid': { enabled: false, reason: 'no pods here' },
  })
  expect(turnedOn(turnedOff(none, rule, 'no pods here'), rule)).toEqual(none)
  expect(turnedOff(none, control, 'others do it').controls).toEqual({
    'cis-eks@1.8.0/4.2.1': { enabled: false, reason: 'others do it' },
  })
  expect(turnedOn(turnedOff(none, control, 'others do it'), control)).toEqual(none)
})

test('parameters of a rule, and other settings, stay', () => {
  const before = {
    rules: { 'host-pid': { parameters: { a: 1 } }, other: { enabled: true } },
    controls: { x: {} },
  }
  const off = turnedOff(before, rule, 'why')
  expect(off.rules['host-pid']).toEqual({ parameters: { a: 1 }, enabled: false, reason: 'why' })
  expect(turnedOn(off, rule)).toEqual(before)
})

test('a rule that is off by itself is turned on', () => {
  expect(turnedOn(none, rule).rules).toEqual({ 'host-pid': { enabled: true } })
})

test('a control that is off in all editions is known as such, and turned on in all', () => {
  const all = { rules: {}, controls: { 'cis-eks/4.2.1': { enabled: false, reason: 'x' } } }
  expect(isOffInAll(all.controls, control)).toBe(true)
  expect(isOffInAll({}, control)).toBe(false)
  expect(turnedOn(all, control)).toEqual(none)
})
