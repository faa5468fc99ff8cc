import { knownWordsOf, type Rule } from '@plimsoll/core'
import { rules as catalogue } from '@plimsoll/core/catalogue'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownCluster, sendTenants } from '../../http/testing/two-tenants.ts'
import { findFinding, type WholeFinding } from '../../store/findings.ts'
import { everything } from '../../store/permitted.ts'
import { type FreshDatabase, freshDatabase } from '../../testing/database.ts'
import { testWorld } from '../../testing/world.ts'
import { assessCluster } from '../assess/assess-cluster.ts'
import { nothingDecided } from '../assess/testing/world.ts'
import { warmClusters } from '../assess/warm.ts'
import { fixOfFinding } from './fix-finding.ts'
import { type Reading, readingOf } from './reading.ts'

const rules = catalogue.filter(({ id }) => ['privileged-container', 'memory-limits'].includes(id))

let fresh: FreshDatabase
let reading: Reading
const read = (own: readonly Rule[]) =>
  readingOf(testWorld(fresh.db), { rules: own, editions: [] }, knownWordsOf(own, []), async () =>
    Buffer.alloc(32),
  )
beforeEach(async () => {
  fresh = await freshDatabase()
  const world = testWorld(fresh.db)
  await sendTenants(world, 'nothing')
  await assessCluster(
    {
      ...world,
      pack: { rules, editions: [], version: '1' },
      basisOf: async () => nothingDecided,
      warm: warmClusters(0),
    },
    ownCluster,
  )
  reading = read(rules)
})
afterEach(() => fresh.close())

const failing = async (rule: string): Promise<WholeFinding> => {
  const { rows } = await sql<{ finding_id: string }>`
    select finding_id from finding where rule = ${rule} and outcome = 'fail' and name = 'alpha-web'`.execute(
    fresh.db,
  )
  const found = await findFinding(fresh.db, everything, ownCluster, rows[0]?.finding_id ?? '', undefined)
  if (!found) throw new Error(`nothing fails ${rule}`)
  return found
}

describe('the fix of a finding', () => {
  it('is the patch that its rule knows for the object as it is', async () => {
    const finding = await failing('privileged-container')
    expect(await fixOfFinding(reading, everything, finding)).toEqual({
      operations: [
        { op: 'replace', path: '/spec/template/spec/containers/0/securityContext/privileged', value: false },
      ],
      reason: null,
    })
  })

  it('says why there is none', async () => {
    const finding = await failing('privileged-container')
    const reason = async (own: WholeFinding, by = reading) => (await fixOfFinding(by, everything, own)).reason
    expect(await reason(await failing('memory-limits'))).toBe('no-fix')
    expect(await reason({ ...finding, state: 'resolved' })).toBe('not-failing')
    expect(await reason({ ...finding, discriminator: 'another' })).toBe('changed')
    expect(await reason({ ...finding, asset_key: 'Deployment/alpha/none' })).toBe('no-object')
    expect(await reason(finding, read([]))).toBe('no-fix')
    expect(
      (await fixOfFinding(reading, { all: false, terms: [{ namespaces: ['other'] }] }, finding)).reason,
    ).toBe('no-object')
  })
})
