// Every requirement has an answer: rules, or who could decide it; and another one where a distribution makes it so.

import { describe, expect, test } from 'vitest'
import type { FileKey } from '../requirements/files.ts'
import { type RequirementKey, requirements } from '../requirements/table.ts'
import { answerTo, type Distribution } from './answer.ts'
import { decided } from './decided.ts'
import { forClouds, forNodes, forPeople } from './waiting.ts'

const keys = Object.keys(requirements) as RequirementKey[]
const distributions: Distribution[] = ['eks', 'gke', 'gke-autopilot', 'aks', 'openshift', 'k3s', 'rke2']

test.each(keys)('%s is answered everywhere', key => {
  for (const distribution of [undefined, ...distributions]) {
    const { rules, undecided } = answerTo(key, distribution)
    expect(rules.length > 0 || undecided !== undefined).toBe(true)
  }
})

test('nothing waits for two, and nothing known by its key is listed', () => {
  const waiting = [forNodes, forClouds, forPeople].flatMap(list => Object.keys(list))
  expect(waiting.filter((key, index) => waiting.indexOf(key) !== index)).toEqual([])
  expect(waiting.filter(key => /^(file|kubelet|node)\./.test(key))).toEqual([])
  for (const key of [...waiting, ...Object.keys(decided)]) expect(keys).toContain(key)
})

test('rules come with what they leave open', () => {
  expect(answerTo('pod.host-pid')).toEqual({ rules: [{ rule: 'host-pid' }] })
  expect(answerTo('rbac.system-masters')).toMatchObject({
    rules: [
      { rule: 'system-masters-binding' },
      { rule: 'system-masters-certificate' },
      { rule: 'aws-auth-system-masters' },
    ],
    undecided: { manual: expect.stringContaining('system:masters') },
  })
})

test('files, kubelets, clouds and people are waited for by name', () => {
  expect(answerTo('file.pki.owner:root').undecided).toMatchObject({ notCollected: 'node' })
  expect(answerTo('kubelet.tls-cert').undecided).toMatchObject({ notCollected: 'node' })
  expect(answerTo('gke.no-alpha').undecided).toMatchObject({ notCollected: 'cloud' })
  expect(answerTo('supplychain.minimal-images').undecided).toHaveProperty('manual')
})

test('a key that nobody answers is an error', () => {
  expect(() => answerTo('pod.unheard-of' as RequirementKey)).toThrow('pod.unheard-of')
})

describe('by distribution', () => {
  const controlPlane: RequirementKey[] = ['apiserver.profiling', 'etcd.tls', 'file.pki-key.mode:600']
  const manifests: FileKey[] = ['file.apiserver-manifest.mode:600', 'file.etcd-manifest.owner:root']

  test.each(['eks', 'gke', 'gke-autopilot', 'aks'] as const)('%s runs the control plane', name => {
    for (const key of controlPlane)
      expect(answerTo(key, name)).toMatchObject({
        rules: [],
        undecided: { notApplicable: 'provider-managed' },
      })
    expect(answerTo('pod.privileged', name)).toEqual(answerTo('pod.privileged'))
  })

  test('nodes are the provider’s on Autopilot alone', () => {
    const key = 'kubelet.read-only-port'
    expect(answerTo(key, 'gke-autopilot').undecided).toMatchObject({ notApplicable: 'provider-managed' })
    for (const name of ['eks', 'gke', 'aks'] as const)
      expect(answerTo(key, name).undecided).toMatchObject({ notCollected: 'node' })
  })

  test('k3s has a control plane without pods and manifests, and a kubelet without a unit', () => {
    expect(answerTo('apiserver.profiling', 'k3s')).toMatchObject({
      rules: [],
      undecided: { notCollected: 'node' },
    })
    for (const key of [...manifests, 'file.kubelet-service.mode:600' as const])
      expect(answerTo(key, 'k3s').undecided).toMatchObject({ notApplicable: 'absent' })
    expect(answerTo('file.admin-kubeconfig.mode:600', 'k3s').undecided).toMatchObject({
      notCollected: 'node',
    })
  })

  test('RKE2 runs its control plane in static pods, and the kubelet without a unit', () => {
    expect(answerTo('apiserver.profiling', 'rke2')).toEqual(answerTo('apiserver.profiling'))
    for (const key of manifests) expect(answerTo(key, 'rke2')).toEqual(answerTo(key))
    expect(answerTo('file.kubelet-service.owner:root', 'rke2').undecided).toMatchObject({
      notApplicable: 'absent',
    })
  })

  test('OpenShift’s flags are those of its operators, and some are asked for in other ways', () => {
    for (const key of ['apiserver.profiling', 'controller-manager.root-ca-file', 'etcd.tls'] as const)
      expect(answerTo(key, 'openshift')).toEqual(answerTo(key))
    const ways = [
      'apiserver.request-timeout',
      'apiserver.encryption-providers',
      'audit.policy-coverage',
      'supplychain.image-provenance',
    ] as const
    for (const key of ways) {
      expect(answerTo(key, 'openshift').rules.length).toBeGreaterThan(0)
      expect(answerTo(key, 'openshift')).not.toEqual(answerTo(key))
      expect(answerTo(key, 'openshift').undecided).toBeUndefined()
    }
  })

  test('certificates of load balancers are read as each cloud asks for them', () => {
    expect(answerTo('cloud.lb-tls', 'eks')).toEqual({
      rules: [{ rule: 'aws-load-balancer-tls' }, { rule: 'aws-ingress-tls' }, { rule: 'gateway-tls' }],
    })
    expect(answerTo('cloud.lb-tls', 'aks')).toMatchObject({
      rules: [{ rule: 'ingress-tls' }, { rule: 'gateway-tls' }],
      undecided: { manual: expect.stringContaining('LoadBalancer') },
    })
  })

  test('where the provider signs certificates, nobody has to attest who holds them', () => {
    const { rules } = answerTo('rbac.system-masters')
    expect(answerTo('rbac.system-masters', 'gke')).toEqual({ rules })
    expect(answerTo('rbac.system-masters', 'gke-autopilot')).toEqual({ rules })
    expect(answerTo('rbac.system-masters', 'eks')).toMatchObject({
      rules,
      undecided: { notCollected: 'cloud' },
    })
  })
})
