import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { collectFiles } from '../files/collect-files.ts'
import { found, gapsOf, pod, requestFor } from '../files/testing/collection.ts'
import { scratchFolder } from '../testing/scratch-folder.ts'
import { helms } from './testing/real-tools.ts'

const chartFile = (name: string, more = '') => `apiVersion: v2\nname: ${name}\nversion: 1.2.3\n${more}`

const deployment = `{{- if .Values.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "web.name" . }}
  namespace: {{ .Release.Namespace }}
spec:
  replicas: {{ .Values.replicas }}
  template:
    spec:
      containers:
        - name: web
          image: web:{{ .Chart.Version }}
{{- end }}
`

const webChart = {
  'web/Chart.yaml': chartFile('web'),
  'web/values.yaml': 'enabled: true\nreplicas: 1\n',
  'web/templates/_helpers.tpl': '{{- define "web.name" }}{{ .Release.Name }}{{ end }}',
  'web/templates/deployment.yaml': deployment,
  'web/templates/two.yaml': `${pod('{{ .Release.Name }}-a')}---\n${pod('{{ .Release.Name }}-b')}`,
  'web/templates/NOTES.txt': 'Thank you for installing {{ .Chart.Name }}',
  'web/crds/widget.yaml':
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: widgets.example.com}\n',
  'web/charts/cache/Chart.yaml': chartFile('cache'),
  'web/charts/cache/templates/pod.yaml': pod('{{ .Release.Name }}-cache'),
}

const withTemplates = (collection: Awaited<ReturnType<typeof collectFiles>>) =>
  collection.snapshot.resources
    .map(({ resource: { kind, metadata }, source }) => {
      // A line of what helm printed would mean nothing in the template.
      expect(source.line === undefined).toBe(source.template !== undefined)
      return `${source.file} ${source.template} (${source.document}) ${kind} ${metadata.name}`
    })
    .sort()

describe.each(helms)('%s', { timeout: 30_000 }, path => {
  const tools = { helm: { path }, kubectl: { missing: '' } }

  test('renders a chart, each object traced to its template, packed and unpacked subcharts once', async () => {
    const { path: folder, write } = scratchFolder({ ...webChart, 'other.yaml': pod('other') })
    write('packed/queue/Chart.yaml', chartFile('queue'))
    write('packed/queue/templates/pod.yaml', pod('{{ .Release.Name }}-queue'))
    execFileSync('tar', [
      'czf',
      join(folder, 'web/charts/queue-1.2.3.tgz'),
      '-C',
      join(folder, 'packed'),
      'queue',
    ])
    const collection = await collectFiles(requestFor(folder, { tools, exclude: ['packed/'] }))
    expect(gapsOf(collection)).toEqual([])
    expect(withTemplates(collection)).toEqual(
      [
        'other.yaml undefined (0) Pod other',
        'web/charts web/charts/queue/templates/pod.yaml (0) Pod web-queue',
        'web/charts/cache/templates/pod.yaml web/charts/cache/templates/pod.yaml (0) Pod web-cache',
        'web/crds/widget.yaml web/crds/widget.yaml (0) CustomResourceDefinition widgets.example.com',
        'web/templates/deployment.yaml web/templates/deployment.yaml (0) Deployment web',
        'web/templates/two.yaml web/templates/two.yaml (0) Pod web-a',
        'web/templates/two.yaml web/templates/two.yaml (1) Pod web-b',
      ].sort(),
    )
    expect(collection.tally.rendered).toBe(1)
  })

  test('takes values files', async () => {
    const { path: folder } = scratchFolder({ ...webChart, 'prod.yaml': 'replicas: 7\n' })
    const collection = await collectFiles(
      requestFor(folder, { tools, paths: ['web'], helmValues: ['prod.yaml'] }),
    )
    const rendered = collection.snapshot.resources.find(({ resource }) => resource.kind === 'Deployment')
    expect(rendered?.resource.spec).toMatchObject({ replicas: 7 })
  })

  test('renders a packed chart that is named, and a chart whose Chart.yaml is', async () => {
    const { path: folder } = scratchFolder(webChart)
    execFileSync('tar', ['czf', join(folder, 'web-1.2.3.tgz'), '-C', folder, 'web'])
    const packed = await collectFiles(requestFor(folder, { tools, paths: ['web-1.2.3.tgz'] }))
    expect(new Set(packed.snapshot.resources.map(({ source }) => source.file))).toEqual(
      new Set(['web-1.2.3.tgz']),
    )
    expect(packed.snapshot.resources.some(({ resource }) => resource.metadata.name === 'web-a')).toBe(true)
    const named = await collectFiles(requestFor(folder, { tools, paths: ['web/Chart.yaml'] }))
    expect(named.snapshot.resources.length).toBe(packed.snapshot.resources.length)
    expect(gapsOf(named)).toEqual([])
  })

  test('names a chart whose dependencies are missing, with the command that gets them', async () => {
    const dependencies =
      'dependencies:\n- name: redis\n  version: 1.x.x\n  repository: https://charts.example.com\n'
    const { path: folder } = scratchFolder({
      'a/Chart.yaml': chartFile('a', dependencies),
      'a/templates/pod.yaml': pod('a'),
      'good.yaml': pod('good'),
    })
    const collection = await collectFiles(requestFor(folder, { tools }))
    expect(found(collection)).toEqual(['good.yaml:1 (0) Pod good'])
    expect(collection.snapshot.gaps).toMatchObject([{ scope: 'a', reason: 'not-collected' }])
    expect(collection.snapshot.gaps[0]?.detail).toMatch(/redis.*run `helm dependency build a` first/)
  })

  test('names a chart that fails, with what helm says', async () => {
    const { path: folder } = scratchFolder({
      'a/Chart.yaml': chartFile('a'),
      'a/templates/pod.yaml': '{{ required "a host is needed" .Values.host }}',
      'b/Chart.yaml': chartFile('b'),
      'b/templates/pod.yaml': '{{ if }',
      'c/Chart.yaml': 'name: [',
      'd/Chart.yaml': chartFile('d'),
      'd/templates/pod.yaml': 'kind: Pod\nmetadata: [a: b: c\n',
    })
    const details = (await collectFiles(requestFor(folder, { tools }))).snapshot.gaps.map(
      ({ detail }) => detail,
    )
    expect(details.length).toBe(4)
    expect(details[0]).toMatch(/^the chart a was not rendered: helm says: .*a host is needed/)
    expect(details[1]).toMatch(/^the chart b was not rendered: helm says: .*templates\/pod\.yaml/)
    expect(details[2]).toMatch(/^the chart c was not rendered: its Chart.yaml is not valid YAML: 1:/)
    expect(details[3]).toMatch(/^the chart d was not rendered: helm says: .*YAML parse error/)
  })

  test('has no network, no home and no cluster', async () => {
    const { path: folder } = scratchFolder({
      'a/Chart.yaml': chartFile('a'),
      'a/values.schema.json': '{"properties": {"x": {"$ref": "http://schemas.example.com/x.json"}}}',
      'a/values.yaml': 'x: 1\n',
      'a/templates/pod.yaml': pod('a'),
      'b/Chart.yaml': chartFile('b'),
      'b/templates/pod.yaml': pod('b{{ len (lookup "v1" "Pod" "" "") }}'),
    })
    const collection = await collectFiles(requestFor(folder, { tools }))
    expect(collection.snapshot.resources.map(({ resource }) => resource.metadata.name)).toEqual(['b0'])
    expect(collection.snapshot.gaps).toMatchObject([{ scope: 'a', reason: 'not-collected' }])
  })
})

describe('a chart', () => {
  test('is a gap where helm is not there, and its templates are no parse errors', async () => {
    const { path } = scratchFolder({ ...webChart, 'other.yaml': pod('other') })
    const collection = await collectFiles(requestFor(path))
    expect(found(collection)).toEqual(['other.yaml:1 (0) Pod other'])
    expect(gapsOf(collection)).toEqual([
      'web not-collected: the chart web was not rendered: helm is not on PATH and PLIMSOLL_HELM is not set; install helm, or render it yourself and pipe that to -',
    ])
  })

  test('of type library is nothing to miss, unless it was named', async () => {
    const { path } = scratchFolder({
      'lib/Chart.yaml': chartFile('lib', 'type: library\n'),
      'a.yaml': pod('a'),
    })
    expect(gapsOf(await collectFiles(requestFor(path)))).toEqual([])
    expect(gapsOf(await collectFiles(requestFor(path, { paths: ['lib'] })))).toEqual([
      'lib not-collected: the chart lib was not rendered: it is a library chart, which holds no objects of its own',
    ])
  })

  test('leaves manifests in other folders of its own to be read, but not text for templates', async () => {
    const { path } = scratchFolder({
      'Chart.yaml': chartFile('web'),
      'values.yaml': 'a: 1\n',
      'templates/pod.yaml': '{{ broken',
      'crds/x.yaml': pod('crd'),
      'deploy/pod.yaml': pod('beside'),
      'files/config.yaml': 'host: {{ .Values.host }}\n',
      'examples/other/Chart.yaml': chartFile('other'),
    })
    const collection = await collectFiles(requestFor(path))
    expect(found(collection)).toEqual(['deploy/pod.yaml:1 (0) Pod beside'])
    expect(collection.snapshot.gaps.map(({ scope }) => scope)).toEqual(['.', 'examples/other'])
    expect(collection.tally.notKubernetes).toBe(1)
  })
})
