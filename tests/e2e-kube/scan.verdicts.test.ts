/** A live scan by a user with no rights but those that preflight asks for gives every workload its verdict, at the exact place. */
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { kindsReadBy, type PermissionCheck } from '../../packages/collect/src/index.ts'
import { rules } from '../../packages/core/src/catalogue/index.ts'
import type { JsonReport } from '../../packages/core/src/contract/report.ts'
import type { Rule } from '../../packages/core/src/model/rule.ts'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { runKubeTool } from './harness/kube-tool.ts'
import { grant } from './scan/grants.ts'
import { plant, plantingOptions } from './scan/plant.ts'
import { planted, soundFindings } from './scan/planted.ts'
import { everything, everythingRead, plimsoll, reportOf } from './scan/plimsoll.ts'
import { describeWithTools } from './scan/suite.ts'
import { localKey, openByNature, retiredKinds, verdictsOf } from './scan/views.ts'

/** The kinds that these rules read, but for those of other projects: their names have a group. */
const kindsOfKubernetes = (of: readonly Rule[]) =>
  [...kindsReadBy(of).keys()].filter(kind => !kind.includes('.') && !retiredKinds.has(kind))
/** The rules as if they could look at nothing but what they judge. */
const judgedAlone = rules.map(rule => ({ ...rule, reads: [] }))

/** Rules that judge what runs. */
const ofRunningClusters: ReadonlySet<string> = new Set([
  ...rules.filter(({ appliesTo }) => appliesTo?.clusters).map(({ id }) => id),
  'pod-policy-control',
  'supported-kubelet-version',
])

await describeWithTools(
  'scan: verdicts',
  { ...plantingOptions, users: { scanner: [] } },
  (options, tools) => {
    let plane: ControlPlane
    let kubeconfig: string
    let report: JsonReport

    const run = (...args: string[]) => plimsoll(args, { folder: plane.folder })
    const preflight = async () => {
      const { code, stdout } = await run(
        'preflight',
        '--kubeconfig',
        kubeconfig,
        '-o',
        'json',
        ...everythingRead,
      )
      return { code, checks: JSON.parse(stdout) as PermissionCheck[] }
    }

    beforeAll(async () => {
      plane = await startControlPlane(options)
      await plant(plane, tools)
      kubeconfig = await plane.kubeconfig('scanner')
    })
    afterAll(async () => {
      await plane?.stop()
    })

    test('preflight tells a user without rights what to ask for, and is content when that was granted', async () => {
      const before = await preflight()
      expect(before.code).toBe(3)
      expect(before.checks.map(({ allowed }) => allowed)).toEqual(before.checks.map(() => 'no'))
      const kinds = before.checks
        .filter(({ permission }) => permission.verb === 'list')
        .map(({ kind }) => kind)
      expect(kinds.sort()).toEqual(
        [...kindsReadBy(rules).keys()].filter(kind => !retiredKinds.has(kind)).sort(),
      )

      await grant(
        plane,
        'scanner',
        before.checks.map(({ permission }) => permission),
      )
      const after = await preflight()
      expect(after.code).toBe(0)
      expect(after.checks.map(({ allowed }) => allowed)).toEqual(before.checks.map(() => 'yes'))
    })

    test('all that rules read is seen, and judged', async () => {
      const scanned = await run('scan', '--kubeconfig', kubeconfig, '-o', 'json', ...everything)
      report = reportOf(scanned)
      expect(scanned).toMatchObject({ code: 1, stderr: '' })
      expect(report.gaps).toEqual([])
      const open = report.results.filter(({ outcome }) => outcome === 'not-evaluated' || outcome === 'error')
      expect(
        open
          .filter(({ rule }) => !openByNature.includes(rule))
          .map(({ rule, resource, reason }) => [rule, localKey(report, resource), reason]),
      ).toEqual([])
      expect(report.scope).toMatchObject({
        type: 'cluster',
        kubernetesVersion: expect.stringMatching(/^1\.34\./),
        name: `plimsoll (${plane.url})`,
      })
      const kinds = new Set(report.resources.map(({ kind }) => kind))
      expect(kindsOfKubernetes(rules).filter(kind => !kinds.has(kind))).toEqual([])
    })

    test('the scope is the UID of kube-system', async () => {
      const { metadata } = (await plane.call('GET', '/api/v1/namespaces/kube-system')) as {
        metadata: { uid: string }
      }
      expect(report.scope.id).toBe(metadata.uid)
    })

    test('what is bad of each kind is found, on the asset and at the place where it is', () => {
      const found = report.results.filter(({ outcome }) => outcome === 'fail')
      const missing = planted.filter(
        ({ rule, resource, discriminator, path, inPod }) =>
          !found.some(
            result =>
              result.rule === rule &&
              localKey(report, result.resource) === resource &&
              result.discriminator === discriminator &&
              result.evidence.some(evidence => evidence.path === path) &&
              (inPod === undefined
                ? result.reason === undefined
                : result.reason?.startsWith(`in pod ${inPod}`) === true),
          ),
      )
      expect(missing).toEqual([])
      const kinds = new Set(planted.map(({ resource }) => resource.split('/')[0]))
      expect(kindsOfKubernetes(judgedAlone).filter(kind => !kinds.has(kind))).toEqual([])
    })

    test('what controllers made is nobody by itself', () => {
      const keys = report.resources.map(({ key }) => localKey(report, key) as string)
      expect(keys.filter(key => key.startsWith('Pod/')).sort()).toEqual(['Pod/shop/alone', 'Pod/sound/pod'])
      expect(keys.filter(key => key.startsWith('ReplicaSet/')).sort()).toEqual([
        'ReplicaSet/shop/old',
        'ReplicaSet/sound/replicaset',
      ])
      expect(keys.filter(key => key.startsWith('Job/')).sort()).toEqual(['Job/shop/migrate', 'Job/sound/job'])
    })

    test('nothing is found in what is in order, as the API server stores and controllers run it', () => {
      const found = report.results
        .filter(
          ({ outcome, resource }) =>
            outcome === 'fail' && /\/sound(\/|$)|\/remote-disk$/.test(resource ?? ''),
        )
        .map(({ rule, resource, discriminator, evidence }) => ({
          rule,
          resource: localKey(report, resource),
          ...(discriminator === undefined ? {} : { discriminator }),
          path: evidence[0]?.path,
        }))
      expect(found).toEqual(soundFindings)
    })

    test('of a running pod that was changed, only the change is found', () => {
      const found = report.results.filter(
        ({ outcome, resource }) => outcome === 'fail' && resource?.includes('/changed/'),
      )
      const places = found.map(
        ({ resource, discriminator }) => `${localKey(report, resource)} ${discriminator}`,
      )
      expect([...new Set(places.filter(place => !/^(Namespace|ServiceAccount)/.test(place)))].sort()).toEqual(
        [
          'Deployment/changed/debugged debugger',
          'Deployment/changed/injected mesh',
          'StatefulSet/changed/replaced app',
        ],
      )
    })

    test('a snapshot holds all of it but what is secret, and is judged like the cluster itself', async () => {
      const file = join(plane.folder, 'cluster.snapshot')
      const saved = await run('snapshot', 'save', file, '--kubeconfig', kubeconfig)
      expect(saved.code).toBe(0)
      expect((await stat(file)).mode & 0o777).toBe(0o600)
      const text = await readFile(file, 'utf8')
      for (const secret of ['open-sesame', Buffer.from('open-sesame').toString('base64').slice(0, -3)])
        expect(text).not.toContain(secret)
      expect(text).not.toContain('last-applied-configuration')
      expect(text).not.toContain('managedFields')

      const scanned = await run('scan', file, '-o', 'json', ...everything)
      const again = reportOf(scanned)
      expect(scanned.code).toBe(1)
      expect(verdictsOf(again)).toEqual(verdictsOf(report))
      expect(again.scope).toEqual(report.scope)
      expect(again.score).toEqual(report.score)
      expect(again.controls).toEqual(report.controls)
    })

    test('a dump by kubectl gives the same verdicts as the live scan', async () => {
      const kinds = [...new Set(report.resources.map(({ kind, apiVersion }) => fullName(kind, apiVersion)))]
      const made = ['pods', 'replicasets.apps', 'jobs.batch']
      const dump = await runKubeTool(plane, tools.kubectl, [
        'get',
        '-A',
        '-o',
        'json',
        [...kinds, ...made].join(),
      ])
      const file = join(plane.folder, 'dump.json')
      await writeFile(file, dump.stdout)
      const scanned = await run('scan', file, '-o', 'json', '--kubernetes-version', '1.34', ...everything)
      // Files say neither what runs nor that nothing else does.
      const alike = (one: JsonReport) => ({
        ...one,
        results: one.results.filter(({ rule }) => !ofRunningClusters.has(rule)),
      })
      expect(verdictsOf(alike(reportOf(scanned)))).toEqual(verdictsOf(alike(report)))
    })
  },
)

/** As kubectl takes it: `Deployment.v1.apps`. */
function fullName(kind: string, apiVersion: string): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion]
  return group === '' ? kind : `${kind}.${version}.${group}`
}
