import type { Resource } from '@plimsoll/core'
import { expect, test } from 'vitest'
import { platformOf, substituteId } from './identity.ts'
import type { Target } from './target.ts'

const node = (labels: Record<string, string>, providerID?: string): Resource => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n', labels },
  spec: providerID === undefined ? {} : { providerID },
})

const nothing = { gitVersion: 'v1.34.4', nodes: [], groups: new Set<string>(), host: 'k8s.example.com' }

test.each([
  [{}, {}],
  [{ gitVersion: 'v1.33.5-eks-113cf36' }, { provider: 'eks', distribution: 'eks' }],
  [{ nodes: [node({ 'eks.amazonaws.com/nodegroup': 'a' })] }, { provider: 'eks', distribution: 'eks' }],
  [{ host: 'ABC.gr7.eu-west-1.eks.amazonaws.com' }, { provider: 'eks', distribution: 'eks' }],
  // Self-managed on AWS is no EKS.
  [{ nodes: [node({}, 'aws:///eu-west-1a/i-1')] }, {}],
  [{ gitVersion: 'v1.33.5-gke.1080000' }, { provider: 'gke', distribution: 'gke' }],
  [
    { gitVersion: 'v1.33.5-gke.1080000', groups: new Set(['auto.gke.io']) },
    { provider: 'gke', distribution: 'gke-autopilot' },
  ],
  [{ nodes: [node({ 'kubernetes.azure.com/cluster': 'a' })] }, { provider: 'aks', distribution: 'aks' }],
  [{ host: 'shop-dns-1.hcp.westeurope.azmk8s.io' }, { provider: 'aks', distribution: 'aks' }],
  [{ groups: new Set(['config.openshift.io']) }, { provider: 'openshift', distribution: 'openshift' }],
  [{ gitVersion: 'v1.33.5+k3s1' }, { distribution: 'k3s' }],
  [{ gitVersion: 'v1.33.5+rke2r1' }, { distribution: 'rke2' }],
  [{ gitVersion: 'v1.33.5+k0s' }, { distribution: 'k0s' }],
  [{ nodes: [node({}, 'kind://docker/kind/kind-control-plane')] }, { distribution: 'kind' }],
  [{ nodes: [node({ 'minikube.k8s.io/name': 'minikube' })] }, { distribution: 'minikube' }],
  [{ nodes: [node({ 'microk8s.io/cluster': 'true' })] }, { distribution: 'microk8s' }],
])('%j is %j', (evidence, platform) => {
  expect(platformOf({ ...nothing, ...evidence })).toEqual(platform)
})

test('the id in place of a UID is that of the server and its authority', () => {
  const target: Target = {
    context: 'a',
    server: new URL('https://a'),
    certificateAuthority: 'CA',
    insecure: false,
    clusterFields: {},
    userName: 'u',
    user: {},
  }
  const id = substituteId(target)
  expect(id).toMatch(/^server-[0-9a-f]{32}$/)
  expect(substituteId({ ...target, context: 'b', userName: 'v' })).toBe(id)
  expect(substituteId({ ...target, server: new URL('https://b') })).not.toBe(id)
  expect(substituteId({ ...target, certificateAuthority: 'CB' })).not.toBe(id)
})
