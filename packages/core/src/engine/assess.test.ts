import { describe, expect, it } from 'vitest'
import type { PodSpec } from '../model/pod-spec.ts'
import type { OwnerReference, Resource } from '../model/resource.ts'
import type { Violation } from '../model/rule.ts'
import { namespace, object, serviceAccount } from '../samples/objects.ts'
import { container, cronJob, deployment, pod, podWith } from '../samples/pods.ts'
import { assess } from './assess.ts'
import type { Reading } from './dependencies.ts'
import {
  clusterWith,
  control,
  edition,
  filesWith,
  forbidden,
  lines,
  privileged,
  ruleThat,
  run,
  unreadableFile,
} from './testing/assessing.ts'

const bad = container({ securityContext: { privileged: true } })
const sidecar = container({ name: 'proxy', securityContext: { privileged: true } })

/** A pod of the Deployment `web`, as its ReplicaSet made it. */
function podOfWeb(name: string, spec: PodSpec = {}, status: object = { phase: 'Running' }): Resource {
  const owner: OwnerReference = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', controller: true }
  return {
    ...pod({
      metadata: { name, labels: { 'pod-template-hash': '1' }, ownerReferences: [owner] },
      nodeName: 'node-1',
      ...spec,
    }),
    status,
  }
}

describe('assess', () => {
  it('judges each resource by each rule that speaks of its kind', () => {
    const named = ruleThat<Resource>(
      'named',
      ({ metadata }) => (metadata.labels ? [] : [missing('metadata.labels')]),
      {
        subject: '*',
      },
    )
    const { results, summary, assessment } = run({
      snapshot: filesWith([podWith({}), cronJob({ containers: [bad] }), namespace({ labels: {} })]),
      rules: [privileged, named],
    })
    expect(lines(results)).toEqual([
      'privileged files/Pod/shop/web pass',
      'named files/Pod/shop/web fail',
      'privileged files/CronJob/shop/nightly[app] fail',
      'named files/CronJob/shop/nightly fail',
      'named files/Namespace//shop pass',
    ])
    expect(assessment.resources.map(({ key }) => key)).toEqual([
      'files/Pod/shop/web',
      'files/CronJob/shop/nightly',
      'files/Namespace//shop',
    ])
    expect(summary.counts).toMatchObject({ pass: 2, fail: 3, 'not-evaluated': 0 })
    expect(summary.failures).toEqual({ critical: 1, high: 2, medium: 0, low: 0 })
  })

  it('can be read once, and summed up only then', () => {
    const assessment = assess({
      snapshot: filesWith([pod()]),
      rules: [privileged],
      editions: [],
      now: '2026-03-01T12:00:00Z',
      tool: { name: 'plimsoll', version: '0.0.0' },
    })
    const results = assessment.results()
    results.next()
    expect(() => assessment.summary()).toThrow('summed up when all its results were read')
    expect(() => assessment.results()).toThrow('read once')
    expect([...results]).toEqual([])
    expect(assessment.summary().counts.pass).toBe(1)
  })

  it('judges objects of one key each by itself', () => {
    const { results } = run({
      snapshot: filesWith([deployment(), deployment({ containers: [bad] })]),
      rules: [privileged],
    })
    expect(lines(results)).toEqual([
      'privileged files/Deployment/shop/web pass',
      'privileged files/Deployment/shop/web#2[app] fail',
    ])
  })

  it('lets a rule that throws cost its subject only', () => {
    const picky = ruleThat('picky', own => {
      if (own.resource.kind === 'Pod') throw new Error('no')
      return []
    })
    const { results, summary } = run({
      snapshot: filesWith([pod(), deployment()]),
      rules: [picky, privileged],
      editions: [edition(control('c', ['picky']))],
    })
    expect(results.map(({ rule, outcome }) => `${rule} ${outcome}`)).toEqual([
      'picky error',
      'privileged pass',
      'picky pass',
      'privileged pass',
    ])
    expect(summary.controls[0]).toMatchObject({ outcome: 'error', reason: 'the rule failed: Error: no' })
    expect(summary.scores[0]).toMatchObject({ value: null, low: 50, high: 100 })
  })

  it('judges nothing of an object that cannot be decoded, and leaves a gap', () => {
    const any = ruleThat<Resource>('any', () => [], { subject: '*' })
    const broken = podWith({ image: 5 as unknown as string })
    const labels = object('v1', 'Secret', { labels: { a: 5 as unknown as string } })
    const { results, summary } = run({
      snapshot: filesWith([broken, labels, pod()]),
      rules: [privileged, any],
    })
    expect(lines(results)).toEqual([
      'privileged files/Pod/shop/web not-evaluated',
      'any files/Pod/shop/web not-evaluated',
      'any files/Secret/default/secret not-evaluated',
      'privileged files/Pod/shop/web#2 pass',
      'any files/Pod/shop/web#2 pass',
    ])
    expect(summary.gaps).toMatchObject([
      { scope: 'all.yaml', kind: 'Pod', namespace: 'shop', reason: 'unparsable', line: 1 },
      { scope: 'all.yaml', kind: 'Secret', reason: 'unparsable', line: 11 },
    ])
    expect(results[0]?.gap).toEqual(summary.gaps[0])
  })

  it('takes nulls at known fields for absent, as the API server does', () => {
    const nulls = podWith({ securityContext: null as unknown as object })
    expect(run({ snapshot: filesWith([nulls]), rules: [privileged] }).results[0]?.outcome).toBe('pass')
  })
})

describe('gaps', () => {
  it.each([
    ['a kind that makes pods', forbidden('StatefulSet'), true],
    ['a file that may hold anything', unreadableFile, true],
    ['another kind', forbidden('Secret'), false],
  ])('in %s leave each rule with something it did not see', (_, gap, isTouched) => {
    const { results, summary } = run({
      snapshot: filesWith([pod()], [gap]),
      rules: [privileged],
      editions: [edition(control('c', ['privileged']))],
    })
    expect(lines(results)).toEqual([
      'privileged files/Pod/shop/web pass',
      ...(isTouched ? ['privileged null not-evaluated'] : []),
    ])
    expect(summary.gaps).toEqual([gap])
    expect(summary.controls[0]).toMatchObject(
      isTouched
        ? { outcome: 'not-evaluated', reason: gap.detail, passed: 1, notEvaluated: 0, unbounded: true }
        : { outcome: 'pass', passed: 1, unbounded: false },
    )
    expect(summary.scores[0]).toMatchObject(
      isTouched ? { value: null, low: 0, high: 100 } : { value: 100, low: 100, high: 100 },
    )
  })

  it('say nothing of a rule that does not apply to this cluster', () => {
    const old = ruleThat('old', () => [], { appliesTo: { kubernetes: { max: '1.20' } } })
    const { results } = run({ snapshot: clusterWith([pod()], [forbidden('Deployment')]), rules: [old] })
    expect(lines(results)).toEqual(['old c1/Pod/shop/web not-applicable'])
  })

  it('touch what reads an object that cannot be decoded, and nothing else', () => {
    const reads = ruleThat(
      'reads',
      (own, { lookup }) => {
        lookup.get('ServiceAccount', own.namespace, own.spec.serviceAccountName ?? 'default')
        return []
      },
      { reads: ['ServiceAccount'] },
    )
    const broken = serviceAccount({}, { automountServiceAccountToken: 'no' })
    const { results } = run({
      snapshot: filesWith([broken, pod({ serviceAccountName: 'web' }), deployment()]),
      rules: [reads],
    })
    expect(lines(results)).toEqual([
      'reads files/Pod/shop/web not-evaluated',
      'reads files/Deployment/shop/web pass',
    ])
  })

  it('touch what lists a kind of which an object cannot be decoded', () => {
    const counts = ruleThat<Resource>(
      'counts',
      (own, { lookup }) =>
        lookup.list('ServiceAccount', own.metadata.name).length > 0 ? [] : [missing('metadata')],
      { subject: 'Namespace', reads: ['ServiceAccount'] },
    )
    const broken = serviceAccount({}, { automountServiceAccountToken: 'no' })
    const { results, summary } = run({
      snapshot: filesWith([namespace(), namespace({ name: 'other' }), broken]),
      rules: [counts],
    })
    expect(lines(results)).toEqual([
      'counts files/Namespace//shop not-evaluated',
      'counts files/Namespace//other fail',
    ])
    expect(summary.gaps).toMatchObject([{ kind: 'ServiceAccount', reason: 'unparsable' }])
  })
})

describe('an empty scan', () => {
  it('evaluates nothing, says so, and has no score', () => {
    const { results, summary } = run({
      snapshot: filesWith([]),
      rules: [privileged],
      editions: [edition(control('c', ['privileged']))],
    })
    expect(lines(results)).toEqual(['privileged null not-evaluated'])
    expect(summary.gaps).toMatchObject([
      { scope: 'manifests/', reason: 'not-collected', detail: expect.stringContaining('nothing to judge') },
    ])
    expect(summary.controls[0]?.outcome).toBe('not-evaluated')
    expect(summary.scores[0]).toMatchObject({ value: null, low: null, high: null, notEvaluated: 1 })
  })

  it('keeps the gaps that made it empty', () => {
    const { summary } = run({ snapshot: clusterWith([], [forbidden('Pod')]), rules: [privileged] })
    expect(summary.gaps.map(({ reason }) => reason)).toEqual(['forbidden', 'not-collected'])
  })
})

describe('running pods', () => {
  const judged = (...resources: readonly Resource[]) =>
    run({ snapshot: clusterWith(resources), rules: [privileged] }).results

  it('count to their Deployment and add nothing where they are as it says', () => {
    expect(lines(judged(deployment(), podOfWeb('web-1-a'), podOfWeb('web-1-b')))).toEqual([
      'privileged c1/Deployment/shop/web pass',
    ])
  })

  it('are judged for what they have beyond it; many equal ones give one result', () => {
    const injected = { containers: [container(), sidecar] }
    const results = judged(deployment(), podOfWeb('web-1-a', injected), podOfWeb('web-1-b', injected))
    expect(results).toEqual([
      {
        rule: 'privileged',
        severity: 'critical',
        outcome: 'fail',
        resource: 'c1/Deployment/shop/web',
        discriminator: 'proxy',
        reason: 'in pod web-1-a',
        evidence: [
          { path: 'spec.containers[1].securityContext.privileged', actual: true, expected: 'false' },
        ],
      },
    ])
  })

  it('do not repeat what the template fails already', () => {
    const template = deployment({ containers: [bad] })
    expect(lines(judged(template, podOfWeb('web-1-a', { containers: [bad, sidecar] })))).toEqual([
      'privileged c1/Deployment/shop/web[app] fail',
      'privileged c1/Deployment/shop/web[proxy] fail',
    ])
  })

  it('are no longer judged once they have ended', () => {
    const ended = podOfWeb('web-1-a', { containers: [sidecar] }, { phase: 'Succeeded' })
    expect(lines(judged(deployment(), ended))).toEqual(['privileged c1/Deployment/shop/web pass'])
  })

  it('are not blamed for what the cluster adds to every pod', () => {
    const pinned = ruleThat('pinned', own =>
      own.spec.nodeName === undefined ? [] : [{ path: `${own.path}.nodeName`, actual: 1, expected: 'unset' }],
    )
    const judgedBy = (...resources: readonly Resource[]) =>
      lines(run({ snapshot: clusterWith(resources), rules: [pinned] }).results)
    const differing = podOfWeb('web-1-a', { containers: [container(), sidecar] })
    expect(judgedBy(deployment(), differing)).toEqual(['pinned c1/Deployment/shop/web pass'])
    expect(judgedBy(differing)).toEqual(['pinned c1/Deployment/shop/web pass'])
    expect(judgedBy(deployment({ nodeName: 'node-1' }), differing)).toEqual([
      'pinned c1/Deployment/shop/web fail',
    ])
  })

  it('stand in for a controller that is not in the snapshot', () => {
    const results = judged(
      podOfWeb('web-1-a', { containers: [bad] }),
      podOfWeb('web-1-b', { containers: [bad] }),
    )
    expect(results.map(({ resource, reason }) => [resource, reason])).toEqual([
      ['c1/Deployment/shop/web', 'in pod web-1-a'],
    ])
  })

  it('stand in for a controller of a foreign kind, next to its ReplicaSets', () => {
    const byRollout = (kind: string, apiVersion: string, name: string, spec: object): Resource =>
      object(
        apiVersion,
        kind,
        {
          name,
          namespace: 'shop',
          ownerReferences: [
            { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web', controller: true },
          ],
        },
        spec as Record<string, unknown>,
      )
    const template = { spec: { containers: [bad] } }
    const results = judged(
      byRollout('ReplicaSet', 'apps/v1', 'web-1', { spec: { replicas: 0, template } }),
      byRollout('ReplicaSet', 'apps/v1', 'web-2', {
        spec: { replicas: 1, template: { spec: { containers: [container()] } } },
      }),
      byRollout('Pod', 'v1', 'web-x', { spec: { containers: [container(), sidecar] } }),
    )
    expect(results.map(({ resource, discriminator, reason }) => [resource, discriminator, reason])).toEqual([
      ['c1/Rollout.argoproj.io/shop/web', 'proxy', 'in pod web-x'],
    ])
  })

  it('stand in, once ended, by the newest of them, unless a gap hides their controller', () => {
    const ended = (name: string, spec: PodSpec, creationTimestamp: string): Resource => {
      const one = podOfWeb(name, spec, { phase: 'Succeeded' })
      return { ...one, metadata: { ...one.metadata, creationTimestamp } as Resource['metadata'] }
    }
    const pods = [
      ended('web-1-a', { containers: [bad] }, '2026-01-01T00:00:00Z'),
      ended('web-1-b', {}, '2026-02-01T00:00:00Z'),
    ]
    expect(lines(judged(...pods))).toEqual(['privileged c1/Deployment/shop/web pass'])
    expect(lines(judged(...pods, podOfWeb('web-1-c', { containers: [bad] })))).toEqual([
      'privileged c1/Deployment/shop/web[app] fail',
    ])
    const { results } = run({
      snapshot: clusterWith(pods, [forbidden('Deployment')]),
      rules: [privileged],
    })
    expect(lines(results)).toEqual(['privileged null not-evaluated'])
  })

  it('stand in by the ReplicaSet of the highest revision where none runs', () => {
    const revision = (number: number, spec: PodSpec): Resource => ({
      ...object('apps/v1', 'ReplicaSet', {
        name: `web-${number}`,
        namespace: 'shop',
        annotations: { 'deployment.kubernetes.io/revision': String(number) },
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', controller: true }],
      }),
      spec: { replicas: 0, template: { spec: { containers: [container()], ...spec } } },
      status: { replicas: 0 },
    })
    const results = judged(
      revision(9, { containers: [bad] }),
      revision(10, {}),
      revision(2, { containers: [bad] }),
    )
    expect(lines(results)).toEqual(['privileged c1/Deployment/shop/web pass'])
  })

  it('cannot be read around a gap: nothing passes where what runs was not seen', () => {
    const judgedWith = (kind: string, ...resources: readonly Resource[]) =>
      lines(run({ snapshot: clusterWith(resources, [forbidden(kind)]), rules: [privileged] }).results)
    expect(judgedWith('Pod', deployment())).toEqual([
      'privileged c1/Deployment/shop/web not-evaluated',
      'privileged null not-evaluated',
    ])
    expect(judgedWith('Pod', deployment({ containers: [bad] }))).toEqual([
      'privileged c1/Deployment/shop/web[app] fail',
      'privileged null not-evaluated',
    ])
    expect(judgedWith('Deployment', podOfWeb('web-1-a'))).toEqual([
      'privileged c1/Deployment/shop/web not-evaluated',
      'privileged null not-evaluated',
    ])
    expect(judgedWith('Job', cronJob(), deployment())).toEqual([
      'privileged c1/CronJob/shop/nightly not-evaluated',
      'privileged c1/Deployment/shop/web pass',
      'privileged null not-evaluated',
    ])
  })

  it('that cannot be decoded keep their Deployment from passing', () => {
    const odd = podOfWeb('web-1-a', { containers: [{ name: 'x', image: 5 as unknown as string }] })
    expect(lines(judged(deployment(), odd))).toEqual(['privileged c1/Deployment/shop/web not-evaluated'])
    expect(lines(judged(deployment({ containers: [bad] }), odd))).toEqual([
      'privileged c1/Deployment/shop/web[app] fail',
      'privileged c1/Deployment/shop/web not-evaluated',
    ])
  })
})

describe('what was read', () => {
  it('is told for each judgement', () => {
    const reader = ruleThat(
      'reader',
      (own, { lookup }) => {
        lookup.get('ServiceAccount', own.namespace, 'web')
        lookup.list('Namespace')
        return []
      },
      { reads: ['ServiceAccount', 'Namespace'] },
    )
    const readings: Reading[] = []
    run({
      snapshot: clusterWith([deployment(), podOfWeb('web-1-a')]),
      rules: [privileged, reader],
      onReads: reading => readings.push(reading),
    })
    expect(readings).toEqual([
      {
        asset: 'c1/Deployment/shop/web',
        reads: [
          { kind: 'ReplicaSet', namespace: 'shop', name: 'web-1' },
          { kind: 'Deployment', namespace: 'shop', name: 'web' },
        ],
      },
      {
        asset: 'c1/Deployment/shop/web',
        rule: 'reader',
        reads: [{ kind: 'ServiceAccount', namespace: 'shop', name: 'web' }, { kind: 'Namespace' }],
      },
    ])
  })
})

const missing = (path: string): Violation => ({ path, actual: undefined, expected: 'something' })
