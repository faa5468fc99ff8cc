import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { callerOf } from '../../http/testing/test-app.ts'
import { type FreshDatabase, freshDatabase } from '../../testing/database.ts'
import { testWorld } from '../../testing/world.ts'
import { systemActor } from '../access/audit.ts'
import { pack } from '../assess/testing/world.ts'
import { faultOf } from '../testing/fault-of.ts'
import { createProfile, type ProfileDeps } from './profiles.ts'
import { viewBenchmark } from './view-benchmark.ts'

let fresh: FreshDatabase
let deps: ProfileDeps
beforeEach(async () => {
  fresh = await freshDatabase()
  deps = { ...testWorld(fresh.db), pack, onDecided: async () => {} }
})
afterEach(() => fresh.close())

const house = { benchmark: 'house', edition: '1.0' }
const admin = { ...callerOf('admin'), id: '00000000-0000-4000-8000-000000000001' }

describe('an edition', () => {
  it('tells its controls and rules, all of them on where nobody set up anything', async () => {
    const view = await viewBenchmark(deps, admin, house, {})
    expect(view).toMatchObject({ controls: 3, answered: 3, profile: { id: null, name: 'default' } })
    expect(view.sections.map(({ id, controls }) => [id, controls.map(control => control.id)])).toEqual([
      ['1', ['1.1', '1.2']],
      ['2', ['2.1']],
    ])
    expect(view.sections[0]?.controls[0]).toMatchObject({
      enabled: true,
      reason: null,
      rules: [{ id: 'no-bad-key', title: 'No bad key', severity: 'high', remediation: 'm', enabled: true }],
    })
  })

  it('tells what a profile has off, and why', async () => {
    const values = {
      name: 'ours',
      description: '',
      rules: { 'no-bad-key': { enabled: false, reason: 'no such keys here' } },
      controls: { 'house@1.0/2.1': { enabled: false, reason: 'labels are not ours' } },
      isDefault: true,
      zones: [],
      clusters: [],
    }
    const profile = await createProfile(deps, admin, values, systemActor)
    for (const asked of [{}, { profile }]) {
      const view = await viewBenchmark(deps, admin, house, asked)
      expect(view.profile).toEqual({ id: profile, name: 'ours' })
      const controls = view.sections.flatMap(section => section.controls)
      expect(controls.map(({ id, enabled, reason }) => [id, enabled, reason])).toEqual([
        ['1.1', true, null],
        ['1.2', true, null],
        ['2.1', false, 'labels are not ours'],
      ])
      expect(controls[0]?.rules[0]).toMatchObject({ enabled: false, reason: 'no such keys here' })
    }
  })

  it('is not there where nobody knows it, nor for a profile or cluster that is not', async () => {
    const nothing = '00000000-0000-4000-8000-000000000000'
    expect(await faultOf(viewBenchmark(deps, admin, { ...house, edition: '2.0' }, {}))).toBe('not-found')
    expect(await faultOf(viewBenchmark(deps, admin, house, { profile: nothing }))).toBe('not-found')
    expect(await faultOf(viewBenchmark(deps, admin, house, { cluster: 'none' }))).toBe('not-found')
  })
})
