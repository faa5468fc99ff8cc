/** With something bad of each kind in the cluster and the listing of one kind after the other denied, no scan claims what it did not see. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { kindsReadBy, type PermissionCheck } from '../../packages/collect/src/index.ts'
import { rules } from '../../packages/core/src/catalogue/index.ts'
import type { JsonReport, JsonResult } from '../../packages/core/src/contract/report.ts'
import { count } from '../../packages/core/src/report/text.ts'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { forEachIndex } from './harness/pool.ts'
import { grant } from './scan/grants.ts'
import { plant, plantingOptions } from './scan/plant.ts'
import { everything, plimsoll, type Run, reportOf } from './scan/plimsoll.ts'
import { preflightHere, scanHere } from './scan/scan-here.ts'
import { describeWithTools } from './scan/suite.ts'
import { dishonesties, openByNature, retiredKinds } from './scan/views.ts'

const formats = ['table', 'json', 'sarif', 'junit', 'csv', 'markdown', 'html'] as const
type Format = (typeof formats)[number]
/** What a reader may leave out of the list of results; what was not looked at stays in sight. */
const selections = [
  [],
  ['--only', 'fail'],
  ['--severity', 'critical'],
  ['--only', 'pass', '--quiet'],
] as const
const kinds = [...kindsReadBy(rules).keys()].filter(kind => !retiredKinds.has(kind))
/** The kinds of other projects (`NetworkPolicy.cilium.io`), in a few parts: there are many. */
const foreign: string[][] = [[], [], [], []]
for (const [index, kind] of kinds.filter(one => one.includes('.')).entries())
  foreign[index % foreign.length]?.push(kind)
const judged = kindsReadBy(rules.map(rule => ({ ...rule, reads: [] })))

/** Users, each with the kinds that it may not list. */
const blindTo: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    kinds.filter(kind => !kind.includes('.')).map(kind => [`without-${kind.toLowerCase()}`, [kind]]),
  ),
  ...Object.fromEntries(foreign.map((own, index) => [`without-foreign-${index}`, own])),
  // Owners and what they own, at once: the chain from a pod to its workload is cut in each place.
  'without-chains': ['ReplicaSet', 'Job'],
  'without-tops': ['Deployment', 'CronJob', 'ReplicaSet', 'Job'],
  'without-workloads': [
    'Deployment',
    'StatefulSet',
    'DaemonSet',
    'ReplicaSet',
    'ReplicationController',
    'Job',
    'CronJob',
  ],
  'without-pods-and-accounts': ['Pod', 'ServiceAccount', 'LimitRange'],
  // May list namespaces, but not get the one whose UID is the cluster's.
  'without-identity': [],
  'without-anything': kinds,
  'one-namespace': kinds,
}
const blindest = ['without-anything']

interface View {
  readonly report: JsonReport
  readonly preflight: readonly PermissionCheck[]
  /** The command line's reports on the same, with flags that leave out results. */
  readonly runs: readonly { readonly format: Format; readonly flags: readonly string[]; readonly run: Run }[]
}

const users = Object.keys(blindTo)

const withUsers = {
  ...plantingOptions,
  users: Object.fromEntries(['sees-all', ...users].map(user => [user, []])),
}
await describeWithTools('scan: permissions', withUsers, (options, tools) => {
  let plane: ControlPlane
  const views = new Map<string, View>()
  const viewOf = (user: string) => views.get(user) as View

  const scan = async (user: string, ...args: string[]) =>
    await plimsoll(['scan', '--kubeconfig', await plane.kubeconfig(user), ...args], { folder: plane.folder })

  async function look(user: string, place: number): Promise<View> {
    const kubeconfig = await plane.kubeconfig(user)
    const runs: View['runs'][number][] = []
    for (const [f, format] of formats.entries()) {
      // Those who see nothing are told so in all formats, every third of the others in one.
      const isTurn = place % 3 === 0 && (place / 3) % formats.length === f
      if (!isTurn && !blindest.includes(user)) continue
      const flags = [
        ...(selections[(place + f) % selections.length] ?? []),
        ...(format === 'table' ? ['--verbose'] : []),
      ]
      runs.push({ format, flags, run: await scan(user, '-o', format, ...flags, ...everything) })
    }
    return { runs, report: await scanHere(kubeconfig), preflight: await preflightHere(kubeconfig) }
  }

  beforeAll(async () => {
    plane = await startControlPlane(options)
    await plant(plane, tools)
    const needed = await preflightHere(await plane.kubeconfig('sees-all'))
    const permissionsFor = (unseen: readonly string[]) =>
      needed
        .filter(({ permission, kind }) => permission.verb === 'get' || !unseen.includes(kind))
        .map(({ permission }) => permission)
    await grant(plane, 'sees-all', permissionsFor([]))
    for (const [user, unseen] of Object.entries(blindTo))
      if (user === 'one-namespace') await grant(plane, user, permissionsFor([]), 'shop')
      else if (user === 'without-identity')
        await grant(
          plane,
          user,
          permissionsFor([]).filter(({ verb }) => verb === 'list'),
        )
      else if (user !== 'without-anything') await grant(plane, user, permissionsFor(unseen))
    await forEachIndex(users.length + 1, 3, async index => {
      const user = users[index] ?? 'sees-all'
      views.set(user, await look(user, index))
    })
  })
  afterAll(async () => {
    await plane?.stop()
  })

  test('who may list all has no gaps', () => {
    const { report, preflight } = viewOf('sees-all')
    expect(report.gaps).toEqual([])
    expect(report.counts).toMatchObject({ error: 0 })
    const open = report.results.filter(({ outcome }) => outcome === 'not-evaluated').map(({ rule }) => rule)
    expect([...new Set(open)].sort()).toEqual(openByNature)
    expect(preflight.map(({ allowed }) => allowed)).toEqual(preflight.map(() => 'yes'))
    for (const { benchmark, edition, value } of report.score) {
      const own = report.controls.filter(one => one.benchmark === benchmark && one.edition === edition)
      expect([benchmark, value === null]).toEqual([
        benchmark,
        own.some(({ notEvaluated }) => notEvaluated > 0),
      ])
    }
  })

  describe.each(Object.entries(blindTo))('%s', (user, unseen) => {
    test('claims nothing that the full view does not bear out', () => {
      expect(dishonesties(viewOf('sees-all').report, viewOf(user).report)).toEqual([])
    })

    test('has a gap for each kind denied that says what to grant, as preflight foretold', () => {
      const { report, preflight } = viewOf(user)
      const denied = report.gaps.filter(({ kind, namespace }) => kind !== null && namespace === undefined)
      expect(denied.map(({ kind, reason }) => `${kind} ${reason}`).sort()).toEqual(
        unseen.map(kind => `${kind} forbidden`).sort(),
      )
      const missing = preflight.filter(({ allowed }) => allowed !== 'yes')
      expect(missing.every(({ allowed }) => allowed === 'no')).toBe(true)
      const lists = missing.filter(({ permission }) => permission.verb === 'list')
      expect(lists.map(({ kind }) => kind).sort()).toEqual([...unseen].sort())
      for (const { kind, permission } of lists)
        expect(denied.find(gap => gap.kind === kind)?.detail).toContain(
          `grant verb list on ${permission.resource} in API group "${permission.group}"`,
        )
      // Without the right to get kube-system, the list of namespaces tells the identity of the cluster.
      const identity = report.gaps.filter(({ namespace }) => namespace === 'kube-system')
      expect(identity).toHaveLength(missing.length > lists.length && unseen.includes('Namespace') ? 1 : 0)
    })

    test('loses no rule that preflight did not foretell, and all that judge what is denied', () => {
      const { report, preflight } = viewOf(user)
      const lost = new Set(
        report.results.filter(({ outcome }) => outcome === 'not-evaluated').map(({ rule }) => rule),
      )
      const foretold = new Set(
        preflight.flatMap(({ allowed, rulesLost }) => (allowed === 'yes' ? [] : rulesLost)),
      )
      expect([...lost].filter(rule => !foretold.has(rule) && !openByNature.includes(rule))).toEqual([])
      const judging = unseen.flatMap(kind => judged.get(kind) ?? [])
      expect(judging.filter(rule => !lost.has(rule) || !foretold.has(rule))).toEqual([])
    })

    test('has no score of a benchmark that reads what was denied', () => {
      const { report } = viewOf(user)
      for (const { benchmark, edition, value, low, high } of report.score) {
        const own = report.controls.filter(
          control => control.benchmark === benchmark && control.edition === edition,
        )
        const isWhole = own.every(({ unbounded, notEvaluated }) => !unbounded && notEvaluated === 0)
        expect(value === null, `${benchmark}: ${low} to ${high}`).toBe(!isWhole)
      }
    })

    test('is told of each gap in every format, whatever results are left out', () => {
      const { preflight, runs, report } = viewOf(user)
      const lists = preflight.filter(
        ({ allowed, permission }) => allowed === 'no' && permission.verb === 'list',
      )
      for (const { format, flags, run } of runs) {
        const text = plainText(run.stdout)
        // A comment under a change has room for some of many gaps, and says how many there are.
        const told = format === 'markdown' ? lists.slice(0, 10) : lists
        const missing = told.filter(
          ({ permission }) => !text.includes(`grant verb list on ${permission.resource} in API group`),
        )
        expect(missing, `${format} ${flags.join(' ')}`).toEqual([])
        if (format === 'markdown') expect(text).toContain(count(report.gaps.length, 'gap'))
        expect(run.code, format).toBe(report.results.some(isGating) ? 1 : 3)
      }
    })
  })

  test('the comparison sees each kind of untruth', () => {
    const full = viewOf('sees-all').report
    const partial = viewOf('without-serviceaccount').report
    const changed = (change: (result: JsonResult) => JsonResult[]) =>
      dishonesties(full, { ...partial, results: partial.results.flatMap(change) })
    const isOpen = ({ outcome }: JsonResult) => outcome === 'not-evaluated'
    const flipped = (outcome: 'pass' | 'fail') => (result: JsonResult) => [
      isOpen(result) ? { ...result, outcome } : result,
    ]
    expect(changed(result => [result])).toEqual([])
    expect(changed(flipped('pass')).length).toBeGreaterThan(10)
    expect(changed(flipped('fail')).length).toBeGreaterThan(10)
    expect(changed(result => (isOpen(result) ? [] : [result])).length).toBeGreaterThan(10)
    expect(changed(result => [{ ...result, resource: `${result.resource}-2` }]).length).toBeGreaterThan(10)
    const score = partial.score.map(one => ({ ...one, value: 100 }))
    expect(dishonesties(full, { ...partial, score })).toHaveLength(score.length)
    const controls = partial.controls.map(one => ({ ...one, outcome: 'pass' as const }))
    expect(dishonesties(full, { ...partial, controls }).length).toBeGreaterThan(10)
  })

  test('a table without --verbose counts the gaps that it does not list', async () => {
    const { stdout } = await scan('without-anything', ...everything)
    const gaps = viewOf('without-anything').report.gaps.length
    expect(plainText(stdout)).toMatch(new RegExp(`Not looked at: ${gaps} gaps`))
  })

  test('only --allow-gaps makes an exit code of 0 of what was not seen', async () => {
    expect((await scan('without-anything', '--quiet')).code).toBe(3)
    expect((await scan('without-anything', '--fail-on', 'critical')).code).toBe(3)
    expect((await scan('without-anything', '--allow-gaps')).code).toBe(0)
  })

  test('what the chosen rules do not read may be denied', async () => {
    const args = ['-o', 'json', '--rule', 'ingress-tls']
    const full = reportOf(await scan('sees-all', ...args))
    const { code, stdout } = await scan('without-pods-and-accounts', ...args)
    const { results, gaps } = JSON.parse(stdout) as JsonReport
    expect(code).toBe(0)
    expect(gaps).toEqual([])
    expect(results).toEqual(full.results)
  })

  test('a server that hides its version, its API groups and its reviews is judged no better', async () => {
    const bindings = ['system:discovery', 'system:public-info-viewer', 'system:basic-user']
    const folder = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings'
    for (const binding of bindings) await plane.call('DELETE', `${folder}/${binding}`)
    const full = await scanHere(await plane.kubeconfig('admin'))
    await vi.waitFor(
      async () => {
        for (const path of ['/version', '/apis'])
          expect((await plane.request('GET', path, { user: 'sees-all' })).status).toBe(403)
      },
      { timeout: 10_000, interval: 20 },
    )
    const kubeconfig = await plane.kubeconfig('sees-all')
    const report = await scanHere(kubeconfig)
    // Without the list of groups it is not known that nobody serves them.
    const retired = [...retiredKinds]
    expect(report.gaps.map(({ kind, reason }) => [kind, reason])).toEqual(
      ['Version', ...retired].map(kind => [kind, 'forbidden']),
    )
    expect(dishonesties(full, report)).toEqual([])
    const blind = await scanHere(await plane.kubeconfig('without-pod'))
    expect(new Set(blind.gaps.map(({ kind }) => kind))).toEqual(new Set(['Version', 'Pod', ...retired]))
    expect(dishonesties(full, blind)).toEqual([])
    // Whoever names the version has all of it back.
    const named = reportOf(
      await scan('sees-all', '-o', 'json', '--kubernetes-version', '1.34', ...everything),
    )
    expect(named.gaps.map(({ kind }) => kind)).toEqual(retired)
    const open = named.results.filter(({ outcome }) => outcome === 'not-evaluated').map(({ rule }) => rule)
    const readRetired = new Set(retired.flatMap(kind => kindsReadBy(rules).get(kind) ?? []))
    // A version that is named has no patch, and does not say who made it.
    const named134 = [...openByNature, 'kubelet-version-skew', 'supported-kubernetes-version'].sort()
    expect([...new Set(open)].filter(rule => !readRetired.has(rule)).sort()).toEqual(named134)
    const checks = await preflightHere(kubeconfig)
    expect(checks.map(({ allowed }) => allowed)).toEqual(checks.map(() => 'unknown'))
  })
})

/** A report on one endless line: elements, entities, escapes and line breaks taken away; attributes, where JUnit keeps messages, stay. */
function plainText(report: string): string {
  return report
    .replace(/<\/?(code|b|span|li|td)\b[^>]*>/g, '')
    .replaceAll('&quot;', '"')
    .replace(/\\"|""/g, '"')
    .replace(/\s+/g, ' ')
}

const isGating = ({ outcome, severity }: JsonReport['results'][number]) =>
  outcome === 'fail' && (severity === 'high' || severity === 'critical')
