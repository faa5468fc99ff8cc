import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OwnerReference, Resource } from '../model/resource.ts'
import { object } from '../samples/objects.ts'
import { controllerOf, isPassing, isStaticPod, type Owner, topController } from './owners.ts'

const versions: Readonly<Record<string, string>> = {
  Pod: 'v1',
  Node: 'v1',
  ReplicationController: 'v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  Rollout: 'argoproj.io/v1alpha1',
  DeploymentConfig: 'apps.openshift.io/v1',
  Workflow: 'argoproj.io/v1alpha1',
}

const reference = (kind: string, name: string, controller = true): OwnerReference => ({
  apiVersion: versions[kind] ?? 'apps/v1',
  kind,
  name,
  controller,
})

interface Parts {
  readonly owner?: OwnerReference
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

const made = (kind: string, name: string, { owner, ...metadata }: Parts = {}): Resource =>
  object(versions[kind] ?? 'apps/v1', kind, {
    name,
    namespace: 'shop',
    ...metadata,
    ...(owner && { ownerReferences: [owner] }),
  })

const finder = (...known: readonly Resource[]) =>
  function find(owner: Owner) {
    return known.find(
      ({ apiVersion, kind, metadata }) =>
        apiVersion === owner.apiVersion && kind === owner.kind && metadata.name === owner.name,
    )
  }

const top = (resource: Resource, ...known: readonly Resource[]) => {
  const owner = topController(resource, finder(...known))
  return owner && `${owner.kind}/${owner.name}`
}

describe('topController', () => {
  const replicaSet = made('ReplicaSet', 'web-5d4f', { owner: reference('Deployment', 'web') })
  const pod = made('Pod', 'web-5d4f-x2x7p', { owner: reference('ReplicaSet', 'web-5d4f') })
  const hashed = made('Pod', 'web-5d4f-x2x7p', {
    owner: reference('ReplicaSet', 'web-5d4f'),
    labels: { 'pod-template-hash': '5d4f' },
  })
  const job = made('Job', 'nightly-29398560', { owner: reference('CronJob', 'nightly') })
  const jobPod = (name: string) => made('Pod', `${name}-abcde`, { owner: reference('Job', name) })

  it('goes from pod to Deployment, and from a ReplicaSet too', () => {
    expect(top(pod, replicaSet)).toBe('Deployment/web')
    expect(top(pod, replicaSet, made('Deployment', 'web'))).toBe('Deployment/web')
    expect(top(replicaSet)).toBe('Deployment/web')
  })

  it('takes the hash from the name where the ReplicaSet is not at hand', () => {
    expect(top(hashed)).toBe('Deployment/web')
    expect(top(pod)).toBe('ReplicaSet/web-5d4f')
    expect(
      top(
        made('Pod', 'a', {
          owner: reference('ReplicaSet', 'web-1'),
          labels: { 'rollouts-pod-template-hash': '1' },
        }),
      ),
    ).toBe('Rollout/web')
  })

  it('believes a ReplicaSet that is at hand and has no owner', () => {
    expect(top(hashed, made('ReplicaSet', 'web-5d4f'))).toBe('ReplicaSet/web-5d4f')
  })

  it('goes from pod to CronJob, also by the number at the end of a Job that is not at hand', () => {
    expect(top(jobPod('nightly-29398560'), job)).toBe('CronJob/nightly')
    expect(top(jobPod('nightly-29398560'))).toBe('CronJob/nightly')
    expect(top(jobPod('nightly-1620000000'))).toBe('CronJob/nightly')
  })

  it.each(['backup-20260131', 'backup-2026013112', 'batch-7', 'batch-123456789', 'nightly', 'x-29398560a'])(
    'leaves the Job %s alone: that is no time of a schedule',
    name => {
      expect(top(jobPod(name))).toBe(`Job/${name}`)
    },
  )

  it('ends at a controller of a foreign kind, whoever owns that', () => {
    const rollout = made('Rollout', 'web', { owner: reference('Workflow', 'deploy') })
    const own = made('ReplicaSet', 'web-1', { owner: reference('Rollout', 'web') })
    expect(top(made('Pod', 'a', { owner: reference('ReplicaSet', 'web-1') }), own, rollout)).toBe(
      'Rollout/web',
    )
    expect(top(made('Pod', 'a', { owner: reference('Workflow', 'build') }))).toBe('Workflow/build')
  })

  it('ends at a lasting kind, though an operator owns it', () => {
    const deployment = made('Deployment', 'web', { owner: reference('Workflow', 'deploy') })
    expect(top(pod, replicaSet, deployment)).toBe('Deployment/web')
    expect(top(deployment)).toBeUndefined()
  })

  it('tells a foreign kind from the built-in one of that name', () => {
    const clone: OwnerReference = {
      apiVersion: 'apps.kruise.io/v1beta1',
      kind: 'ReplicaSet',
      name: 'web-5d4f',
      controller: true,
    }
    expect(top(made('Pod', 'a', { owner: clone, labels: { 'pod-template-hash': '5d4f' } }))).toBe(
      'ReplicaSet/web-5d4f',
    )
  })

  it('knows the DeploymentConfig of a ReplicationController that is not at hand', () => {
    const owner = reference('ReplicationController', 'web-3')
    expect(top(made('Pod', 'a', { owner }))).toBe('ReplicationController/web-3')
    expect(
      top(made('Pod', 'a', { owner, annotations: { 'openshift.io/deployment-config.name': 'web' } })),
    ).toBe('DeploymentConfig/web')
  })

  it('gives nothing for what stands for itself', () => {
    expect(top(made('Pod', 'bare'))).toBeUndefined()
    expect(top(made('Pod', 'a', { owner: reference('ReplicaSet', 'b', false) }))).toBeUndefined()
    expect(top(made('Pod', 'kube-apiserver-n1', { owner: reference('Node', 'n1') }))).toBeUndefined()
  })

  it('gives nothing where owners name each other in a circle', () => {
    const a = made('ReplicaSet', 'a', { owner: reference('ReplicaSet', 'b') })
    const b = made('ReplicaSet', 'b', { owner: reference('ReplicaSet', 'a') })
    for (const resource of [a, b, made('Pod', 'p', { owner: reference('ReplicaSet', 'a') })])
      expect(top(resource, a, b)).toBeUndefined()
  })

  it('gives every member of a chain the same top, however many of its middle objects are missing', () => {
    const name = fc.stringMatching(/^[a-z]{1,8}$/)
    const hash = fc.stringMatching(/^[bcdf24-9]{5,10}$/)
    fc.assert(
      fc.property(name, hash, fc.boolean(), fc.boolean(), (own, suffix, hasMiddle, hasTop) => {
        const labels = { 'pod-template-hash': suffix }
        const set = made('ReplicaSet', `${own}-${suffix}`, { owner: reference('Deployment', own), labels })
        const one = made('Pod', `${own}-${suffix}-x`, {
          owner: reference('ReplicaSet', `${own}-${suffix}`),
          labels,
        })
        const known = [...(hasMiddle ? [set] : []), ...(hasTop ? [made('Deployment', own)] : [])]
        for (const resource of [set, one]) expect(top(resource, ...known)).toBe(`Deployment/${own}`)
      }),
    )
  })

  it('always ends, whatever owns what, and never at something that is itself owned and at hand', () => {
    const kinds = ['Pod', 'ReplicaSet', 'Job', 'ReplicationController', 'Deployment', 'CronJob', 'Workflow']
    const node = fc.record({ kind: fc.constantFrom(...kinds), owner: fc.option(fc.nat(9)) })
    fc.assert(
      fc.property(fc.array(node, { minLength: 1, maxLength: 10 }), nodes => {
        const resources = nodes.map(({ kind, owner }, index) => {
          const target = owner === null ? undefined : nodes[owner % nodes.length]
          return made(kind, `n${index}`, {
            ...(target && { owner: reference(target.kind, `n${(owner as number) % nodes.length}`) }),
          })
        })
        const find = finder(...resources)
        for (const resource of resources) {
          const owner = topController(resource, find)
          const found = owner && find(owner)
          if (found) expect(isPassing(found)).toBe(false)
        }
      }),
    )
  })
})

describe('controllerOf', () => {
  it('skips what is no controller and what is malformed', () => {
    const references = [
      null,
      'x',
      { kind: 'ReplicaSet', controller: true },
      reference('Deployment', 'a', false),
      reference('ReplicaSet', 'b'),
    ]
    const resource = object('v1', 'Pod', { ownerReferences: references as OwnerReference[] })
    expect(controllerOf(resource)).toEqual({ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'b' })
    expect(controllerOf(object('v1', 'Pod', { ownerReferences: {} as OwnerReference[] }))).toBeUndefined()
  })
})

it.each([
  ['by its annotation', made('Pod', 'a', { annotations: { 'kubernetes.io/config.mirror': 'f00' } }), true],
  ['by its node', made('Pod', 'a', { owner: reference('Node', 'n1') }), true],
  ['a pod of a DaemonSet', made('Pod', 'a', { owner: reference('DaemonSet', 'n1') }), false],
  ['no pod', made('Deployment', 'a', { annotations: { 'kubernetes.io/config.mirror': 'f00' } }), false],
])('a static pod, %s', (_, resource, expected) => {
  expect(isStaticPod(resource)).toBe(expected)
})
