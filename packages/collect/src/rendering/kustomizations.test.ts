import { describe, expect, test } from 'vitest'
import { collectFiles } from '../files/collect-files.ts'
import { gapsOf, pod, requestFor } from '../files/testing/collection.ts'
import { scratchFolder } from '../testing/scratch-folder.ts'
import { kubectl } from './testing/real-tools.ts'

const tools = { helm: { missing: '' }, kubectl: { path: kubectl ?? '' } }

const deployment =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 1\n  template: {spec: {containers: [{name: web, image: web}]}}\n'

const shop = {
  'base/kustomization.yaml': 'resources:\n- deployment.yaml\n',
  'base/deployment.yaml': deployment,
  'base/stray.yaml': pod('stray'),
  'overlays/prod/kustomization.yml':
    'resources: [../../base]\nnamePrefix: prod-\npatches:\n- path: replicas.yaml\nsecretGenerator:\n- name: s\n  files: [key=secret.json]\n',
  'overlays/prod/replicas.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 5}\n',
  'overlays/prod/secret.json': '{"apiVersion": "v1", "kind": "Pod"}',
  'overlays/test/Kustomization': 'bases: [../../base]\nnameSuffix: -test\n',
}

const collect = async (files: Record<string, string>, more: Parameters<typeof requestFor>[1] = {}) =>
  await collectFiles(requestFor(scratchFolder(files).path, { tools, ...more }))

const found = ({ snapshot }: Awaited<ReturnType<typeof collectFiles>>) =>
  snapshot.resources.map(
    ({ resource: { kind, metadata }, source }) =>
      `${source.file}:${source.line ?? '-'} (${source.document}) ${kind} ${metadata.name}`,
  )

describe.skipIf(kubectl === undefined)('with kubectl', { timeout: 30_000 }, () => {
  test('overlays are built; bases and patches are seen through them alone; other files are read', async () => {
    const collection = await collect(shop)
    expect(gapsOf(collection)).toEqual([])
    expect(
      found(collection).map(line => line.replace(/ s-\w+$/, ' s').replace(/prod-s-\w+/, 'prod-s')),
    ).toEqual([
      'base/stray.yaml:1 (0) Pod stray',
      'overlays/prod/kustomization.yml:- (0) Secret prod-s',
      'overlays/prod/kustomization.yml:- (1) Deployment prod-web',
      'overlays/test/Kustomization:- (0) Deployment web-test',
    ])
    const patched = collection.snapshot.resources.find(
      ({ resource }) => resource.metadata.name === 'prod-web',
    )
    expect(patched?.resource.spec).toMatchObject({ replicas: 5 })
    expect(JSON.stringify(collection.snapshot)).not.toContain(
      Buffer.from(shop['overlays/prod/secret.json']).toString('base64'),
    )
  })

  test('a base by itself is built, and so is one that is named beside its overlay', async () => {
    const alone = await collect(shop, { paths: ['base'] })
    expect(found(alone)).toEqual([
      'base/kustomization.yaml:- (0) Deployment web',
      'base/stray.yaml:1 (0) Pod stray',
    ])
    const both = await collect(shop, { paths: ['overlays/test', 'base'] })
    expect(found(both)).toEqual([
      'overlays/test/Kustomization:- (0) Deployment web-test',
      'base/kustomization.yaml:- (0) Deployment web',
      'base/stray.yaml:1 (0) Pod stray',
    ])
    const file = await collect(shop, { paths: ['base/kustomization.yaml', 'base/deployment.yaml'] })
    expect(found(file)).toEqual([
      'base/kustomization.yaml:- (0) Deployment web',
      'base/deployment.yaml:1 (0) Deployment web',
      'base/stray.yaml:1 (0) Pod stray',
    ])
  })

  test('components are built into what includes them, and are gaps where nothing does', async () => {
    const component = {
      'c/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [p.yaml]\n',
      'c/p.yaml': pod('p'),
    }
    const used = await collect({ ...component, 'o/kustomization.yaml': 'components: [../c]\n' })
    expect(found(used)).toEqual(['o/kustomization.yaml:- (0) Pod p'])
    expect(gapsOf(used)).toEqual([])
    const loose = await collect(component)
    expect(found(loose)).toEqual([])
    expect(loose.snapshot.gaps).toMatchObject([{ scope: 'c', reason: 'not-collected' }])
  })

  test('what would have to be fetched is not built, nor what is built on it', async () => {
    const collection = await collect({
      'a/kustomization.yaml': 'resources: [../b]\n',
      'b/kustomization.yaml':
        'resources:\n- https://github.com/example/shop//deploy?ref=v1\n- github.com/example/x/y\n',
      'c/kustomization.yaml': 'resources: [git@github.com:example/x.git]\n',
      'good.yaml': pod('good'),
    })
    expect(found(collection)).toEqual(['good.yaml:1 (0) Pod good'])
    expect(collection.snapshot.gaps.map(({ scope, reason }) => `${scope} ${reason}`)).toEqual([
      'a not-collected',
      'c not-collected',
    ])
    expect(collection.snapshot.gaps[0]?.detail).toContain('https://github.com/example/shop//deploy?ref=v1')
  })

  test('a failure is a gap with what kustomize says; circles too', async () => {
    const collection = await collect({
      'a/kustomization.yaml': 'resources: [gone.yaml]\n',
      'b/kustomization.yaml': 'resources: [../c]\n',
      'c/kustomization.yaml': 'resources: [../b]\n',
      'd/kustomization.yaml': 'resources: [\n',
      'd/patch.yaml': pod('patch'),
      'e/kustomization.yaml': 'resources: [/etc/passwd, ../../outside.yaml]\n',
    })
    expect(found(collection)).toEqual([])
    const details = collection.snapshot.gaps.map(({ detail }) => detail)
    expect(details.length).toBe(4)
    expect(details[0]).toMatch(/^the kustomization a was not rendered: kubectl kustomize says: .*gone\.yaml/)
    expect(details[1]).toMatch(/^the kustomization b was not rendered: .*cycle/)
    expect(details[2]).toMatch(/^the kustomization d was not rendered/)
    expect(details[3]).toMatch(/^the kustomization e was not rendered/)
  })

  test('a chart inside a kustomization is not rendered by itself', async () => {
    const collection = await collect({
      'k/kustomization.yaml': 'helmCharts:\n- name: web\n  releaseName: web\n',
      'k/charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'k/charts/web/templates/p.yaml': pod('p'),
    })
    expect(collection.snapshot.gaps.map(({ scope }) => scope)).toEqual(['k'])
  })
})

test('without kubectl a kustomization is a gap, and its parts are not read raw', async () => {
  const collection = await collect(shop, {
    tools: { helm: { missing: '' }, kubectl: { missing: 'kubectl is not on PATH' } },
  })
  expect(found(collection)).toEqual(['base/stray.yaml:1 (0) Pod stray'])
  expect(gapsOf(collection)).toEqual([
    'overlays/prod not-collected: the kustomization overlays/prod was not rendered: kubectl is not on PATH; install kubectl, or build it yourself and pipe that to -',
    'overlays/test not-collected: the kustomization overlays/test was not rendered: kubectl is not on PATH; install kubectl, or build it yourself and pipe that to -',
  ])
})
