import { defaultProfile, knownWordsOf, type RuleException } from '@plimsoll/core'
import { editions, rules } from '@plimsoll/core/catalogue'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findCluster } from '../../store/clusters.ts'
import { recountAllFindings } from '../../store/finding-counts.ts'
import type { Permitted } from '../../store/permitted.ts'
import { type FreshDatabase, freshDatabase } from '../../testing/database.ts'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import { systemActor } from '../access/audit.ts'
import type { Caller, Role } from '../caller.ts'
import type { Fault, FaultCode } from '../fault.ts'
import { faultOf } from '../testing/fault-of.ts'
import { decidedBasis } from './basis.ts'
import { changeException, decide } from './decide-exception.ts'
import type { ExceptionDeps } from './exception-common.ts'
import { exportExceptions, importExceptions } from './exception-file.ts'
import { previewException } from './preview-exception.ts'
import { type NewRequest, requestException } from './request-exception.ts'
import { suppressFinding, unsuppressFinding } from './suppress-finding.ts'
import { previewSuppression, suppressFindings } from './suppress-findings.ts'
import { viewExceptions } from './view-exceptions.ts'

let fresh: FreshDatabase
let world: TestWorld
let deps: ExceptionDeps
let decided: number
const pack = { rules, editions, version: '1' }
const known = knownWordsOf(rules, editions)

beforeEach(async () => {
  fresh = await freshDatabase()
  world = testWorld(fresh.db)
  decided = 0
  deps = {
    ...world,
    pack,
    known,
    onDecided: async () => {
      decided++
    },
  }
  await fresh.pool.query(`
    insert into cluster (cluster_id, name, environment, labels, created_at) values
      ('c1', 'prod-eu', 'production', '{"team":"a"}', now()), ('c2', 'dev', 'development', '{}', now());
    insert into finding (cluster_id, finding_id, rule, asset_key, discriminator, severity, outcome, state, api_version, kind,
      namespace, name, labels, root_kind, root_key, evidence, evidence_digest, first_seen, opened_at, changed_at)
    select c, 'f' || n, case when n % 2 = 0 then 'privileged-container' else 'host-network' end, 'Deployment/ns' || n % 3 || '/d' || n,
      case when n % 2 = 0 then 'app' end, case when n % 2 = 0 then 4 else 3 end, 'fail', 'open', 'apps/v1', 'Deployment',
      'ns' || n % 3, 'd' || n, jsonb_build_object('tier', 't' || n % 2), 'Deployment', 'x',
      jsonb_build_array(jsonb_build_object('path', 'spec.x', 'actual', n, 'expected', 'y')), 'd', now(), now(), now()
    from generate_series(0, 11) n, unnest(array['c1', 'c2']) c`)
  await recountAllFindings(fresh.db)
})
afterEach(() => fresh.close())

const callerWith = (role: Role, permitted: Permitted = { all: true }, id: string = role): Caller => ({
  type: 'person',
  id,
  name: id,
  role,
  permitted,
})
const admin = callerWith('admin')
const zone = (cluster: string): Permitted => ({ all: false, terms: [{ clusters: [cluster] }] })
const asked = (own: Partial<NewRequest> = {}): NewRequest => ({
  rules: ['privileged-container'],
  owner: 'team-a',
  reason: 'risk-owned',
  comment: '',
  expires: '2026-06-30',
  ...own,
})

async function inForce(cluster: string): Promise<readonly RuleException[]> {
  const basis = decidedBasis(world, known, async () => ({ profile: defaultProfile }))
  return (await basis(fresh.db, cluster)).exceptions
}

const states = async (caller: Caller = admin) =>
  (await viewExceptions(deps, caller)).map(({ state }) => state)

describe('asking for an exception', () => {
  it('holds at once for who may approve, and waits for others', async () => {
    const own = await requestException(deps, callerWith('approver'), asked(), systemActor)
    expect([own.state, decided]).toEqual(['approved', 1])
    world.pass(1000)
    const other = await requestException(deps, callerWith('editor'), asked(), systemActor)
    expect([other.state, decided]).toEqual(['requested', 1])
    expect(await inForce('c1')).toMatchObject([{ id: own.id, owner: 'team-a' }])
    expect(await faultOf(decide(deps, callerWith('editor'), other.id, 'approved', null, systemActor))).toBe(
      'forbidden',
    )
    await decide(deps, callerWith('approver'), other.id, 'approved', 'ok', systemActor)
    expect(decided).toBe(2)
    expect((await inForce('c2')).map(({ id }) => id)).toEqual([own.id, other.id])
  })

  it.each<[string, Partial<NewRequest>, FaultCode]>([
    ['an unknown rule', { rules: ['privileged-containr'] }, 'unprocessable'],
    ['nothing named', { rules: undefined }, 'unprocessable'],
    ['a day that is over', { expires: '2026-02-28' }, 'unprocessable'],
    ['a day that is none', { expires: '2026-02-30' }, 'unprocessable'],
    ['a query that cannot be read', { query: 'namespace : (' }, 'unprocessable'],
    ['a query of what changes by itself', { query: 'opened > 7d' }, 'unprocessable'],
    ['no owner', { owner: '' }, 'unprocessable'],
  ])('refuses %s', async (_, own, expected) => {
    expect(await faultOf(requestException(deps, admin, asked(own), systemActor))).toBe(expected)
    expect(await states()).toEqual([])
  })

  it('takes an id once', async () => {
    await requestException(deps, admin, asked({ id: 'mine' }), systemActor)
    expect(await faultOf(requestException(deps, admin, asked({ id: 'mine' }), systemActor))).toBe('conflict')
  })
})

describe('an exception', () => {
  it('reaches no further than its requester sees', async () => {
    const team = callerWith('approver', zone('c2'))
    await requestException(deps, team, asked({ rules: ['*'] }), systemActor)
    expect(await inForce('c1')).toEqual([])
    expect(await inForce('c2')).toHaveLength(1)
    const part = callerWith(
      'approver',
      { all: false, terms: [{ clusters: ['c1'], namespaces: ['ns1'] }] },
      'part',
    )
    await requestException(deps, part, asked({ rules: ['*'] }), systemActor)
    const [exception] = await inForce('c1')
    const failure = (namespace: string) => ({
      rule: { id: 'host-network' },
      severity: 'high' as const,
      asset: {
        key: 'c1/Deployment/x/y',
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        namespace,
        name: 'y',
        source: { file: '', document: 0 },
      },
      labels: {},
      discriminator: undefined,
      evidence: [],
    })
    expect(exception?.holdsFor?.(failure('ns1'))).toBe(true)
    expect(exception?.holdsFor?.(failure('ns2'))).toBe(false)
  })

  it('is decided, changed and seen only by who sees all that it reaches, or asked for it', async () => {
    const { id } = await requestException(deps, callerWith('editor'), asked(), systemActor)
    const team = callerWith('approver', zone('c2'), 'team')
    expect(await states(team)).toEqual([])
    expect(await faultOf(decide(deps, team, id, 'approved', null, systemActor))).toBe('not-found')
    await decide(deps, admin, id, 'approved', null, systemActor)
    await fresh.pool.query(
      `update finding set exception_id = '${id}', state = 'excepted' where cluster_id = 'c2' and rule = 'privileged-container'`,
    )
    expect((await viewExceptions(deps, team)).map(({ covered }) => covered)).toEqual([6])
    expect(await faultOf(decide(deps, team, id, 'revoked', null, systemActor))).toBe('forbidden')
    expect(
      await faultOf(changeException(deps, team, id, { expires: '2026-07-01' }, undefined, systemActor)),
    ).toBe('forbidden')
    const ask = await requestException(deps, callerWith('editor', zone('c2'), 'ed'), asked(), systemActor)
    expect(await states(callerWith('editor', zone('c2'), 'ed'))).toHaveLength(2)
    await decide(deps, callerWith('editor', zone('c2'), 'ed'), ask.id, 'revoked', null, systemActor)
    expect(await faultOf(decide(deps, team, ask.id, 'approved', null, systemActor))).toBe('conflict')
  })

  it('ends by its day, and is dead while it covers nothing', async () => {
    const { id } = await requestException(deps, admin, asked({ expires: '2026-03-02' }), systemActor)
    expect((await viewExceptions(deps, admin))[0]).toMatchObject({ state: 'approved', isDead: true })
    world.pass(2 * 86_400_000)
    expect(await states()).toEqual(['expired'])
    expect(await inForce('c1')).toEqual([])
    await changeException(deps, admin, id, { expires: '2026-04-01' }, 1, systemActor)
    expect(await faultOf(changeException(deps, admin, id, { expires: '2026-05-01' }, 1, systemActor))).toBe(
      'precondition-failed',
    )
    expect(await inForce('c1')).toHaveLength(1)
  })

  it('goes by a query over the cluster too, and answers anew when the cluster’s facts change', async () => {
    await requestException(
      deps,
      admin,
      asked({ rules: undefined, query: 'environment : production and cluster.label.team : a' }),
      systemActor,
    )
    const before = (await inForce('c1'))[0]
    await sql`update cluster set environment = 'test' where cluster_id = 'c1'`.execute(fresh.db)
    const after = (await inForce('c1'))[0]
    expect(before?.holdsForKey).not.toBe(after?.holdsForKey)
    const failure = {
      rule: { id: 'host-network' },
      severity: 'high' as const,
      asset: {
        key: 'c1/Pod/n/p',
        apiVersion: 'v1',
        kind: 'Pod',
        namespace: 'n',
        name: 'p',
        source: { file: '', document: 0 },
      },
      labels: {},
      discriminator: undefined,
      evidence: [],
    }
    expect([before?.holdsFor?.(failure), after?.holdsFor?.(failure)]).toEqual([true, false])
  })

  it('whose query can no longer be read covers nothing, and says so', async () => {
    await requestException(
      deps,
      admin,
      asked({ rules: undefined, query: 'rule : host-network' }),
      systemActor,
    )
    const fewer = rules.filter(({ id }) => id !== 'host-network')
    const later = {
      ...deps,
      pack: { ...pack, rules: fewer },
      known: knownWordsOf(fewer, editions),
    }
    expect((await viewExceptions(later, admin))[0]?.fault).toMatch(/host-network/)
    const basis = decidedBasis(world, later.known, async () => ({ profile: defaultProfile }))
    expect((await basis(fresh.db, 'c1')).exceptions).toEqual([])
  })
})

describe('the preview', () => {
  it('counts what would be hidden of what the caller sees', async () => {
    expect(await previewException(deps, admin, { rules: ['privileged-*'] })).toMatchObject({
      covered: 12,
      bySeverity: { critical: 12, high: 0, medium: 0, low: 0 },
      clusters: 2,
      open: 24,
    })
    const part = { all: false, terms: [{ clusters: ['c1'], namespaces: ['ns0'] }] } as const
    expect(await previewException(deps, callerWith('viewer', part), { rules: ['*'] })).toMatchObject({
      covered: 4,
      open: 4,
    })
    const query = 'label.tier : t1 and cluster : dev and not namespace : ns0'
    expect(await previewException(deps, admin, { query })).toMatchObject({ covered: 4, clusters: 1 })
    expect(await faultOf(previewException(deps, admin, {}))).toBe('unprocessable')
  })
})

describe('suppressing one finding', () => {
  const acceptance = { owner: 'me', reason: 'false-positive', comment: '', expires: '2026-06-01' }

  it('accepts it as it is, in its cluster alone, and can be taken back', async () => {
    const { id } = await suppressFinding(
      deps,
      admin,
      { cluster: 'c1', finding: 'f2' },
      acceptance,
      systemActor,
    )
    const [exception] = await inForce('c1')
    const cluster = await findCluster(fresh.db, 'c1')
    const failure = (actual: number, key = 'c1/Deployment/ns2/d2') => ({
      rule: { id: 'privileged-container' },
      severity: 'critical' as const,
      asset: {
        key,
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        namespace: 'ns2',
        name: 'd2',
        source: { file: '', document: 0 },
      },
      labels: {},
      discriminator: 'app',
      evidence: [{ path: 'spec.x', actual, expected: 'y' }],
    })
    const { coversFailure } = await import('@plimsoll/core')
    expect(cluster?.name).toBe('prod-eu')
    expect(exception && coversFailure(exception, failure(2))).toBe(true)
    expect(exception && coversFailure(exception, failure(3))).toBe(false)
    const [elsewhere] = await inForce('c2')
    expect(elsewhere && coversFailure(elsewhere, failure(2, 'c2/Deployment/ns2/d2'))).toBe(false)

    await fresh.pool.query(
      `update finding set exception_id = '${id}', state = 'excepted' where cluster_id = 'c1' and finding_id = 'f2'`,
    )
    expect(
      await faultOf(suppressFinding(deps, admin, { cluster: 'c1', finding: 'f2' }, acceptance, systemActor)),
    ).toBe('conflict')
    await unsuppressFinding(deps, admin, { cluster: 'c1', finding: 'f2' }, systemActor)
    expect(await states()).toEqual(['revoked'])
    expect(await inForce('c1')).toEqual([])
  })

  it('is refused for what is not seen, not open, or covered by a broader one', async () => {
    const team = callerWith('approver', zone('c2'))
    const suppress = (caller: Caller, finding: string) =>
      suppressFinding(deps, caller, { cluster: 'c1', finding }, acceptance, systemActor)
    expect(await faultOf(suppress(team, 'f1'))).toBe('not-found')
    expect(await faultOf(suppress(admin, 'none'))).toBe('not-found')
    await fresh.pool.query(`update finding set state = 'resolved' where finding_id = 'f3'`)
    expect(await faultOf(suppress(admin, 'f3'))).toBe('unprocessable')
    const { id } = await requestException(deps, admin, asked(), systemActor)
    await fresh.pool.query(
      `update finding set exception_id = '${id}', state = 'excepted' where finding_id = 'f4'`,
    )
    expect(await faultOf(unsuppressFinding(deps, admin, { cluster: 'c1', finding: 'f4' }, systemActor))).toBe(
      'conflict',
    )
    expect(await faultOf(unsuppressFinding(deps, admin, { cluster: 'c1', finding: 'f6' }, systemActor))).toBe(
      'not-found',
    )
  })
})

describe('the file', () => {
  it('goes out and comes in as the scanner takes it', async () => {
    await requestException(
      deps,
      admin,
      asked({ id: 'one', scope: { namespaces: ['ns*'] }, comment: 'why' }),
      systemActor,
    )
    world.pass(1000)
    await requestException(
      deps,
      admin,
      asked({ id: 'two', rules: undefined, query: 'severity >= high' }),
      systemActor,
    )
    await requestException(deps, callerWith('editor'), asked({ id: 'waiting' }), systemActor)
    const file = await exportExceptions(deps, admin)
    expect(file.exceptions).toHaveLength(2)
    expect(await importExceptions(deps, admin, file, systemActor)).toEqual({
      made: [],
      known: ['two', 'one'],
    })
    await sql`delete from exception`.execute(fresh.db)
    expect((await importExceptions(deps, admin, file, systemActor)).made).toHaveLength(2)
    expect((await exportExceptions(deps, admin)).exceptions).toHaveLength(2)
  })

  it('with a fault is not taken at all, and the fault is named by its place', async () => {
    const file = { exceptions: [asked({ id: 'a' }), { ...asked({ id: 'b' }), rules: ['nope'] }] }
    try {
      await importExceptions(deps, admin, JSON.parse(JSON.stringify(file)), systemActor)
      expect.unreachable()
    } catch (error) {
      expect((error as Fault).places.some(({ message }) => /nope/.test(message))).toBe(true)
    }
    expect(await states()).toEqual([])
  })
})

describe('many findings at once', () => {
  const acceptance = { owner: 'team-a', reason: 'risk-owned', comment: 'x', expires: '2026-06-30' }
  const actor = systemActor
  const refs = (...ids: string[]) => ids.map(id => ({ cluster: id.slice(0, 2), finding: id.slice(3) }))
  const audited = async () => {
    const { rows } = await fresh.pool.query<{ action: string }>('select action from audit_entry order by 1')
    return rows.map(row => row.action)
  }

  it('are accepted by an exception of each cluster, bound to their evidence', async () => {
    const chosen = { findings: refs('c1/f0', 'c1/f1', 'c2/f3') }
    expect(await previewSuppression(deps, admin, chosen)).toMatchObject({
      covered: 3,
      bySeverity: { critical: 1, high: 2 },
      clusters: 2,
      open: 24,
    })
    const made = await suppressFindings(deps, admin, chosen, acceptance, actor)
    expect(made).toMatchObject({
      findings: 3,
      exceptions: [
        { cluster: 'c1', findings: 2, state: 'approved' },
        { cluster: 'c2', findings: 1, state: 'approved' },
      ],
    })
    expect(decided).toBe(1)
    expect(await audited()).toEqual(['exception.approved', 'exception.approved'])
    const own = (await inForce('c1')).find(({ query }) => query === 'cluster : "c1"')
    expect(own?.findings).toMatchObject([
      { rule: 'privileged-container', resource: 'Deployment/ns0/d0', discriminator: 'app' },
      { rule: 'host-network', resource: 'Deployment/ns1/d1' },
    ])
  })

  it('wait for an approver where who asks is none', async () => {
    const editor = callerWith('editor')
    const made = await suppressFindings(deps, editor, { query: 'namespace : ns0' }, acceptance, actor)
    expect(made.findings).toBe(8)
    expect(made.exceptions.map(({ state }) => state)).toEqual(['requested', 'requested'])
    expect([decided, await states()]).toEqual([0, ['requested', 'requested']])
    expect(await inForce('c1')).toEqual([])
  })

  it('are those of the part that is seen and asked for', async () => {
    const own = callerWith('approver', zone('c1'))
    const all = { query: 'severity >= high' }
    expect(await previewSuppression(deps, own, all)).toMatchObject({ covered: 12, clusters: 1, open: 12 })
    expect(await previewSuppression(deps, admin, { ...all, cluster: 'c2' })).toMatchObject({ covered: 12 })
    const elsewhere = { ...all, cluster: 'c2' }
    expect(await previewSuppression(deps, own, elsewhere)).toMatchObject({ covered: 0, first: [] })
    const failed = await faultOf(suppressFindings(deps, own, elsewhere, acceptance, actor))
    expect(failed).toBe('unprocessable')
    await expect(
      suppressFindings(deps, own, { findings: refs('c1/f0', 'c2/f0') }, acceptance, actor),
    ).rejects.toMatchObject({
      code: 'not-found',
      places: [{ path: '/findings/1', message: 'no such finding' }],
    })
    expect(await states()).toEqual([])
  })

  it('are all accepted or none', async () => {
    await fresh.pool.query(`update finding set state = 'resolved' where finding_id = 'f2'`)
    await fresh.pool.query(
      `update finding set state = 'excepted', exception_id = 'e' where finding_id = 'f4'`,
    )
    const suppress = (...ids: string[]) =>
      faultOf(suppressFindings(deps, admin, { findings: refs(...ids) }, acceptance, actor))
    expect(await suppress('c1/f0', 'c1/f2')).toBe('unprocessable')
    expect(await suppress('c1/f0', 'c2/f4')).toBe('conflict')
    for (const chosen of [{}, { findings: refs('c1/f0'), query: '' }])
      expect(await faultOf(suppressFindings(deps, admin, chosen, acceptance, actor))).toBe('unprocessable')
    expect(await faultOf(previewSuppression(deps, admin, { query: 'nonsense : 1' }))).toBe('invalid-query')
    expect(await states()).toEqual([])
  })

  it('are no more than can be looked through', async () => {
    await fresh.pool.query(`
      insert into finding (cluster_id, finding_id, rule, asset_key, severity, outcome, state, api_version, kind, namespace, name, labels,
        root_kind, root_key, evidence, evidence_digest, first_seen, opened_at, changed_at)
      select 'c1', 'm' || n, 'host-network', 'Deployment/many/d' || n, 3, 'fail', 'open', 'apps/v1', 'Deployment', 'many', 'd' || n, '{}',
        'Deployment', 'x', '[]', 'd', now(), now(), now() from generate_series(1, 1001) n`)
    await recountAllFindings(fresh.db)
    const many = { query: 'namespace : many' }
    expect(await previewSuppression(deps, admin, many)).toMatchObject({ covered: 1001 })
    expect(await faultOf(suppressFindings(deps, admin, many, acceptance, actor))).toBe('unprocessable')
    const { findings } = await suppressFindings(
      deps,
      admin,
      { query: 'namespace : many and not name : d1001' },
      acceptance,
      actor,
    )
    expect(findings).toBe(1000)
  })

  it('one is taken out, the others stay', async () => {
    const made = await suppressFindings(
      deps,
      admin,
      { findings: refs('c1/f0', 'c1/f1', 'c1/f2') },
      acceptance,
      actor,
    )
    const id = made.exceptions[0]?.id
    await fresh.pool.query(
      `update finding set state = 'excepted', exception_id = $1 where cluster_id = 'c1' and finding_id in ('f0', 'f1', 'f2')`,
      [id],
    )
    const one = { cluster: 'c1', finding: 'f1' }
    expect(await faultOf(unsuppressFinding(deps, callerWith('editor'), one, actor))).toBe('forbidden')
    await unsuppressFinding(deps, admin, one, actor)
    const [own] = await inForce('c1')
    expect(own?.findings?.map(({ resource }) => resource)).toEqual(['Deployment/ns0/d0', 'Deployment/ns2/d2'])
    expect(decided).toBe(2)
    expect(await audited()).toContain('exception.changed')
  })
})
