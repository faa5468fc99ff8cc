// Reading bench: how long lists, facets, groups and the overview take over a million findings in 500 clusters; `npx tsx bench/reading.ts`.

import { knownWordsOf } from '@plimsoll/core'
import { editions, rules } from '@plimsoll/core/catalogue'
import { readingRoutes } from '../packages/server/src/http/routes/reading.ts'
import { callerOf, testApp } from '../packages/server/src/http/testing/test-app.ts'
import { readingOf } from '../packages/server/src/services/read/reading.ts'
import { connect } from '../packages/server/src/store/connect.ts'
import type { Permitted } from '../packages/server/src/store/permitted.ts'
import { fleetSize, openFleet } from './kept-fleet.ts'

const { clusters } = fleetSize
const rounds = Number(process.env.BENCH_ROUNDS ?? 40)

const zone: Permitted = {
  all: false,
  terms: [
    { clusters: ['cluster-1', 'cluster-2', 'cluster-3', 'cluster-4'], namespaces: ['space-1', 'space-2'] },
  ],
}

const q = (text: string) => `q=${encodeURIComponent(text)}`
/** What each request asks; `n` varies from round to round. */
const requests: readonly (readonly [name: string, path: (n: number) => string, who?: 'zone'])[] = [
  ['findings, first page, open', () => `/findings?${q('state : open')}`],
  [
    'findings, severity >= high, not kube-*',
    () => `/findings?${q('state : open severity >= high and not namespace : kube-*')}`,
  ],
  ['findings of a cluster', n => `/findings?${q(`cluster : prod-${1 + (n % clusters)} state : open`)}`],
  ['findings of a namespace everywhere', n => `/findings?${q(`namespace : space-${n % 20}`)}`],
  ['findings by label', n => `/findings?${q(`label.app : app-${n * 7}`)}`],
  ['findings of a section', () => `/findings?${q('state : open rule.section : "API Server"')}`],
  ['findings of a rule', n => `/findings?${q(`rule : ${rules[n % rules.length]?.id} state : open`)}`],
  ['findings, free text', n => `/findings?${q(`app-${100 + n}`)}`],
  ['findings, newest first', () => '/findings?sort=opened'],
  ['findings, opened < 1d', () => `/findings?${q('opened < 1d')}&sort=opened`],
  ['count, open', () => `/findings/count?${q('state : open')}`],
  ['facets, open', () => `/findings/facets?${q('state : open')}`],
  [
    'facets, severity >= high provider aws',
    () => `/findings/facets?${q('state : open severity >= high provider : aws')}`,
  ],
  [
    'facets of a cluster, a namespace',
    n => `/findings/facets?${q(`cluster : prod-${1 + (n % clusters)} namespace : space-${n % 20}`)}`,
  ],
  ['facets of a namespace everywhere', n => `/findings/facets?${q(`namespace : space-${n % 20}`)}`],
  ['group by rule', () => `/findings/groups?by=rule&${q('state : open')}`],
  ['group by cluster, severity', () => `/findings/groups?by=cluster,severity&${q('state : open')}`],
  ['group by namespace', () => `/findings/groups?by=namespace&${q('state : open')}`],
  [
    'group by resource in a cluster',
    n => `/findings/groups?by=resource&${q(`cluster : prod-${1 + (n % clusters)}`)}`,
  ],
  ['roots, fleet', () => '/findings/roots'],
  ['overview, fleet', () => '/overview'],
  ['overview, one cluster', n => `/overview?cluster=cluster-${1 + (n % clusters)}`],
  ['overview, a zone', () => '/overview', 'zone'],
  ['findings of a zone', () => `/findings?${q('state : open')}`, 'zone'],
  ['facets of a zone', () => '/findings/facets', 'zone'],
  ['clusters', () => '/clusters'],
  ['clusters, a zone', () => '/clusters', 'zone'],
  ['compliance', () => '/compliance'],
  ['resources, worst', () => '/resources'],
  [
    'resources of a kind in a cluster',
    n => `/resources?${q(`kind : Deployment cluster : prod-${1 + (n % clusters)}`)}`,
  ],
  ['completion of a namespace', () => `/query/complete?list=findings&${q('namespace : sp')}`],
]

const only = process.argv[2]
const { database, now } = await openFleet(fleetSize)
const { db, close } = connect(database.url)
try {
  const key = Buffer.alloc(32, 1)
  const deps = { db, now: () => now, randomBytes: (bytes: number) => Buffer.alloc(bytes) }
  const app = await testApp(
    readingRoutes(readingOf(deps, { rules, editions }, knownWordsOf(rules, editions), async () => key)),
    {
      authenticate: async ({ headers }) => ({
        ...callerOf('viewer'),
        permitted: headers.authorization === 'zone' ? zone : { all: true },
      }),
    },
  )
  console.log('| request | p50 ms | p95 ms | worst ms | KiB |\n| --- | --- | --- | --- | --- |')
  for (const [name, path, who] of requests) {
    if (only && !name.includes(only)) continue
    const times: number[] = []
    let bytes = 0
    for (let n = 0; n < rounds + 3; n++) {
      const before = performance.now()
      const answer = await app.inject({
        method: 'GET',
        url: `/api/v1${path(n)}`,
        headers: who ? { authorization: who } : {},
      })
      if (answer.statusCode !== 200) throw new Error(`${name}: ${answer.body.slice(0, 500)}`)
      bytes = answer.rawPayload.length
      if (n >= 3) times.push(performance.now() - before)
    }
    times.sort((a, b) => a - b)
    const at = (share: number) =>
      (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN).toFixed(1)
    console.log(`| ${name} | ${at(0.5)} | ${at(0.95)} | ${at(1)} | ${(bytes / 1024).toFixed(0)} |`)
  }
  await app.stop(0)
} finally {
  await close()
  await database.stop()
}
