// Leaks: every endpoint, asked by every role with a part of the fleet in sight, answers as if the rest were not there.

import { createHash } from 'node:crypto'
import { knownWordsOf } from '@plimsoll/core'
import { editions, rules } from '@plimsoll/core/catalogue'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assessCluster } from '../services/assess/assess-cluster.ts'
import { warmClusters } from '../services/assess/warm.ts'
import { type Caller, type Role, roles } from '../services/caller.ts'
import { decidedBasis } from '../services/decisions/basis.ts'
import type { Deps } from '../services/deps.ts'
import { createMetrics } from '../services/metrics.ts'
import type { Permitted } from '../store/permitted.ts'
import { type FreshDatabase, freshDatabase } from '../testing/database.ts'
import { wire } from '../wire.ts'
import { createLog } from './log.ts'
import type { Route } from './route.ts'
import { type TestApp, testApp } from './testing/test-app.ts'
import {
  fewRules,
  hiddenCluster,
  hiddenWord,
  ownCluster,
  ownNamespace,
  sendTenants,
} from './testing/two-tenants.ts'

const pack = fewRules({ rules, editions, version: 'test' })
const start = Date.parse('2026-03-01T12:00:00.000Z')
/** Everything was there by then. */
const later = '2026-03-01T13:00:00.000Z'

interface Fleet {
  readonly fresh: FreshDatabase
  readonly app: TestApp
  readonly routes: readonly Route[]
  readonly deps: Deps
  readonly assess: () => Promise<void>
}

async function fleetWith(hidden: 'nothing' | 'cluster' | 'namespace'): Promise<Fleet> {
  const fresh = await freshDatabase()
  // The same in every fleet, so that ids made by the same deeds are the same.
  let drawn = 0
  const drawBytes = (bytes: number) =>
    createHash('shake256', { outputLength: bytes }).update(String(drawn++)).digest()
  const deps: Deps = { db: fresh.db, now: () => new Date(start), randomBytes: drawBytes }
  const clusters = await sendTenants(deps, hidden)
  const basisOf = decidedBasis(deps, knownWordsOf(pack.rules, pack.editions), async () => ({
    profile: { name: 'default', rules: {}, controls: {} },
  }))
  const assess = async () => {
    for (const cluster of clusters)
      await assessCluster({ ...deps, pack, basisOf, warm: warmClusters(0) }, cluster)
  }
  await assess()
  drawn = 1_000_000
  const { routes } = wire({
    deps,
    config: { publicOrigin: 'http://127.0.0.1', oidc: undefined },
    metrics: createMetrics(),
    log: createLog('silent', { write: () => {} }),
    pack,
    wake: () => {},
  })
  const app = await testApp(routes, {
    authenticate: async ({ headers }) => callers.get(headers.authorization ?? ''),
    rateLimits: { address: many, failures: many, caller: many },
  })
  return { fresh, app, routes, deps, assess }
}
const many = { max: 1_000_000, seconds: 60 }

const sights = {
  cluster: [{ clusters: [ownCluster] }],
  account: [{ accounts: ['account-of-alpha'] }],
  namespace: [{ clusters: [ownCluster], namespaces: [ownNamespace] }],
  labels: [{ labels: { app: 'alpha-web' } }],
  nothing: [],
} satisfies Record<string, Extract<Permitted, { all: false }>['terms']>
type Sight = keyof typeof sights

const callers = new Map<string, Caller>(
  roles.flatMap(role =>
    (Object.keys(sights) as Sight[]).map((sight): [string, Caller] => [
      `Bearer ${role}-${sight}`,
      {
        type: 'token',
        id: `00000000-0000-4000-8000-00000000000${roles.indexOf(role)}`,
        name: role,
        role,
        permitted: { all: false, terms: sights[sight] },
      },
    ]),
  ),
)

/** What path parameters stand for; a new one must be told here, or the test fails. */
type Side = 'own' | 'hidden'
function standsFor(
  path: string,
  name: string,
  side: Side,
  hidden: 'cluster' | 'namespace',
  ids: Ids,
): string {
  const isOwn = side === 'own'
  const elsewhere = hidden === 'cluster' ? hiddenCluster : ownCluster
  switch (`${path.split('/')[1]}.${name}`) {
    case 'findings.cluster':
    case 'resources.cluster':
    case 'clusters.cluster':
    case 'attestations.cluster':
    case 'profiles.cluster':
      return isOwn ? ownCluster : elsewhere
    case 'findings.finding':
    case 'findings.id':
      return isOwn ? ids.own : ids.hidden
    case 'findings.note':
      return nobody
    case 'resources.key':
      return isOwn ? `Deployment/${ownNamespace}/alpha-web` : `Deployment/${hiddenWord}-ns/${hiddenWord}-web`
    case 'exceptions.id':
      return isOwn ? 'of-alpha' : `of-${hiddenWord}`
    case 'compliance.benchmark':
    case 'benchmarks.benchmark':
      return 'pss-baseline'
    case 'compliance.edition':
    case 'benchmarks.edition':
      return '1.34'
    case 'compliance.control':
      return 'privileged'
    case 'rules.rule':
      return 'privileged-container'
    case 'ingest.id':
    case 'people.id':
    case 'tokens.id':
    case 'teams.id':
    case 'zones.id':
    case 'enrolments.id':
    case 'profiles.id':
    case 'views.id':
    case 'attestations.id':
    case 'attestations.attestation':
      return nobody
    case 'session.id':
      return 'a'.repeat(64)
    default:
      throw new Error(`say what {${name}} of ${path} stands for`)
  }
}

interface Ids {
  readonly own: string
  readonly hidden: string
}

/** No id of anything. */
const nobody = '00000000-0000-4000-8000-00000000dead'

/** Queries to ask beside the bare path, by operation; those that need one have theirs here. */
const queries: Readonly<Record<string, readonly string[]>> = {
  listFindings: [
    `at=${later}`,
    `account=account-of-${hiddenWord}`,
    'q=severity >= low',
    `q=namespace : ${hiddenWord}*`,
    'limit=1',
    'sort=resource&order=asc',
    `cluster=${hiddenCluster}`,
    `q=cluster.benchmark : *`,
    `q=not cluster : alpha`,
  ],
  countFindings: [`q=name : ${hiddenWord}*`, 'q=rule : *'],
  findingFacets: ['fields=cluster&fields=namespace&fields=rule&fields=severity'],
  groupFindings: [
    'by=cluster',
    'by=namespace&by=rule',
    'by=root',
    'by=section,cluster',
    'by=section,resource',
    'by=assignee',
  ],
  exportFindings: ['format=csv', 'format=ndjson'],
  listResources: [`q=namespace : ${hiddenWord}*`, 'limit=1', `at=${later}`, `at=${later}&q=failed > 0`],
  getResource: [`at=${later}`],
  countResourceKinds: [`at=${later}`, `cluster=${hiddenCluster}`, 'account=account-of-alpha'],
  listClusters: [`at=${later}`, `account=account-of-${hiddenWord}`],
  getCluster: [`at=${later}`],
  listAccounts: [`at=${later}`],
  getOverview: [`at=${later}`, `account=account-of-${hiddenWord}`, `zone=${nobody}`],
  listStandards: [`at=${later}`, 'account=account-of-alpha'],
  completeQuery: ['list=findings&text=namespace : &cursor=12', 'list=findings&text=cluster : &cursor=10'],
}

/** Further resources whose surroundings are asked about: what is hidden has to do with each of them. */
const surrounded = [
  `ServiceAccount/${ownNamespace}/alpha-web`,
  `Service/${ownNamespace}/alpha-web`,
  `Namespace//${ownNamespace}`,
  `NetworkPolicy/${ownNamespace}/alpha-web`,
]

/** Bodies of changes, by operation: as reaching as they can be. */
const wide = { owner: 'x', reason: 'risk-owned', comment: '', expires: '2026-06-01' }
const bodies: Readonly<Record<string, object | readonly object[]>> = {
  requestException: { ...wide, rules: ['*'] },
  previewException: { rules: ['*'] },
  importExceptions: { exceptions: [{ ...wide, comment: 'x', id: 'imported', rules: ['*'] }] },
  suppressFinding: wide,
  suppressFindings: [
    { ...wide, query: 'rule : *' },
    { ...wide, query: '', cluster: hiddenCluster },
    { ...wide, findings: [{ cluster: hiddenCluster, finding: 'x' }] },
  ],
  previewSuppression: [{ query: 'rule : *' }, { query: '', cluster: hiddenCluster }],
  approveException: {},
  rejectException: {},
  revokeException: {},
  changeException: { owner: 'y' },
  changePassword: { old: 'x', new: 'y' },
  createProfile: { name: 'x', isDefault: true, clusters: [hiddenCluster] },
  updateProfile: { name: 'x', isDefault: true, clusters: [hiddenCluster] },
  tryProfile: { cluster: hiddenCluster, profile: {} },
  attestControl: {
    clusters: [hiddenCluster],
    benchmark: 'nsa-cisa',
    edition: '1.2',
    control: 'NSA12-04',
    outcome: 'pass',
    statement: 'x',
    expires: '2026-06-01',
  },
  changeCluster: { name: 'x', environment: 'y', labels: { z: 'z' } },
  commentOnFinding: { comment: 'x' },
  triageFinding: { triage: 'false-positive', comment: 'x' },
  assignFinding: { assignee: null, comment: 'x' },
  handleFindings: { findings: [{ cluster: hiddenCluster, finding: 'x' }], triage: 'fixed' },
  saveView: { list: 'findings', name: 'x', state: {}, isShared: true },
  updateView: { name: 'x', state: {} },
}

interface Asking {
  readonly route: Route
  readonly url: string
  readonly body?: object
}

const bodiesOf = (id: string): readonly (object | undefined)[] => {
  const own = bodies[id]
  return Array.isArray(own) ? own : [own]
}

function askings(routes: readonly Route[], hidden: 'cluster' | 'namespace', ids: Ids): Asking[] {
  return routes.flatMap(route => {
    // A stream does not end by itself; what it tells is tested beside it.
    if (route.access === 'collector' || route.id === 'streamEvents') return []
    if (route.id === 'getResourceRelations')
      return [`Deployment/${ownNamespace}/alpha-web`, ...surrounded].map(key => ({
        route,
        url: `/api/v1/resources/${ownCluster}/${encodeURIComponent(key)}/relations`,
      }))
    const sides: Side[] = /\{/.test(route.path) ? ['own', 'hidden'] : ['own']
    return sides.flatMap(side => {
      const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
        encodeURIComponent(standsFor(route.path, name, side, hidden, ids)),
      )
      return ['', ...(queries[route.id] ?? [])].flatMap(query => {
        const url = `/api/v1${path}${
          query === ''
            ? ''
            : `?${query
                .split('&')
                .map(part => part.replace(/=(.*)$/, (_, value: string) => `=${encodeURIComponent(value)}`))
                .join('&')}`
        }`
        return bodiesOf(route.id).map(body => ({ route, url, ...(body && { body }) }))
      })
    })
  })
}

async function ask({ app }: Fleet, { route, url, body }: Asking, who: string) {
  const answer = await app.inject({
    method: route.method,
    url,
    headers: { authorization: who },
    ...(body && { payload: body }),
  })
  return { status: answer.statusCode, body: plain(answer.body) }
}

/** Without what is made anew for each request. */
const plain = (body: string) =>
  body
    .replace(/"instance":"[^"]*"/g, '"instance":""')
    // Cursors are sealed with a key of the database's own.
    .replace(/"next":"[^"]*"/g, '"next":"…"')

interface Reply {
  readonly status: number
  readonly body: string
}

/** Where two answers part, in few words; undefined where they are equal. */
function parting(one: Reply, other: Reply): string | undefined {
  if (one.status !== other.status)
    return `${one.status} without, ${other.status} with it: ${other.body.slice(0, 200)}`
  if (one.body === other.body) return undefined
  let at = 0
  while (one.body[at] === other.body[at]) at++
  const from = Math.max(0, at - 80)
  return `…${one.body.slice(from, at + 80)}… becomes …${other.body.slice(from, at + 80)}…`
}

async function hiddenRows({ fresh }: Fleet): Promise<string> {
  const digest = createHash('sha256')
  for (const table of ['finding', 'asset', 'finding_interval', 'resource_version']) {
    const { rows } = await fresh.pool.query<{ text: string }>(
      `select t::text as text from ${table} t where t::text like '%${hiddenWord}%' order by 1`,
    )
    for (const { text } of rows) digest.update(text)
  }
  return digest.digest('hex')
}

async function idsOf({ fresh }: Fleet): Promise<Ids> {
  const first = async (like: string) => {
    const { rows } = await fresh.pool.query<{ finding_id: string }>(
      `select finding_id from finding where asset_key like '%${like}%' and outcome = 'fail' order by 1 limit 1`,
    )
    return rows[0]?.finding_id ?? 'f'.repeat(32)
  }
  return { own: await first('alpha-web'), hidden: await first(hiddenWord) }
}

describe.each(['cluster', 'namespace'] as const)('with a hidden %s', hidden => {
  let without: Fleet
  let withIt: Fleet
  let ids: Ids
  /** Who sees none of it: a zone of the whole cluster does see its other namespace. */
  const hiddenFrom = (Object.keys(sights) as Sight[]).filter(
    sight => hidden === 'cluster' || !['cluster', 'account'].includes(sight),
  )
  beforeAll(async () => {
    without = await fleetWith('nothing')
    withIt = await fleetWith(hidden)
    ids = await idsOf(withIt)
    const { fresh } = withIt
    await fresh.pool.query(
      `insert into exception (exception_id, state, rules, scope, owner, reason, expires, requested_by, requested_by_name, requested_at)
       values ('of-${hiddenWord}', 'requested', '["*"]', '{}', '${hiddenWord}', 'risk-owned', '2026-06-01', 'x', '${hiddenWord}', now())`,
    )
  }, 120_000)
  afterAll(async () => {
    for (const fleet of [without, withIt]) {
      await fleet.app.stop(0)
      await fleet.fresh.close()
    }
  })

  it('has something to hide, and something to show', async () => {
    expect(ids.hidden).toMatch(/^[0-9a-f]{32}$/)
    expect(ids.hidden).not.toBe('f'.repeat(32))
    const { body } = await ask(withIt, find(withIt, 'listFindings'), 'Bearer viewer-namespace')
    expect(body).toContain('alpha-web')
  })

  const find = ({ routes }: Fleet, id: string): Asking => {
    const route = routes.find(one => one.id === id) as Route
    return { route, url: `/api/v1${route.path}` }
  }

  it.each(roles)('tells a %s nothing of it, neither by words nor by numbers', async (role: Role) => {
    let answered = 0
    const reading = askings(withIt.routes, hidden, ids).filter(
      ({ route }) => route.method === 'GET' || route.id.startsWith('preview'),
    )
    const leaks: string[] = []
    for (const sight of hiddenFrom)
      for (const asking of reading) {
        const who = `Bearer ${role}-${sight}`
        const [one, other] = [await ask(without, asking, who), await ask(withIt, asking, who)]
        const part = parting(one, other)
        if (part !== undefined) leaks.push(`${who} ${asking.url}: ${part}`)
        // What is asked for is no secret of ours.
        else if (!asking.url.includes(hiddenWord) && other.body.includes(hiddenWord))
          leaks.push(`${who} ${asking.url}: names it`)
        if (other.status === 200) answered++
      }
    expect(leaks).toEqual([])
    expect(answered).toBeGreaterThan(reading.length / 4)
  })

  it.each(['editor', 'approver', 'admin'] as const)('lets a %s change nothing of it', async role => {
    const before = await hiddenRows(withIt)
    const changing = askings(withIt.routes, hidden, ids).filter(
      ({ route }) => route.method !== 'GET' && route.access !== 'public',
    )
    expect(changing.length).toBeGreaterThan(10)
    const leaks: string[] = []
    const compare = async (sight: Sight, asking: Asking) => {
      const who = `Bearer ${role}-${sight}`
      const part = parting(await ask(without, asking, who), await ask(withIt, asking, who))
      if (part !== undefined) leaks.push(`${who} ${asking.route.method} ${asking.url}: ${part}`)
    }
    // At last, since nothing can be changed of what is removed.
    const isLast = ({ route }: Asking) => route.id === 'removeCluster'
    for (const sight of hiddenFrom)
      for (const asking of changing.filter(one => !isLast(one))) await compare(sight, asking)
    for (const sight of hiddenFrom) for (const asking of changing.filter(isLast)) await compare(sight, asking)
    expect(leaks).toEqual([])
    await Promise.all([withIt.assess(), without.assess()])
    expect(await hiddenRows(withIt)).toBe(before)
  })
})
