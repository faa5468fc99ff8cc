import type { Resource } from '@plimsoll/core'
import { describe, expect, test } from 'vitest'
import type { Answer } from '../cluster/exchange.ts'
import { CloudEvidence } from './cloud-evidence.ts'

const node = (labels: Record<string, string>, providerID = '', osImage = ''): Resource => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n', labels },
  spec: { providerID },
  status: { nodeInfo: { osImage } },
})
const issuedBy = (issuer: string) => ({
  getSoon: async (): Promise<Answer<Record<string, unknown>>> => ({ ok: true, value: { issuer } }),
})
const region = { 'topology.kubernetes.io/region': 'eu-west-1' }

async function placeOf(issuer: string, ...nodes: readonly Resource[]) {
  const evidence = new CloudEvidence()
  if (issuer !== '') await evidence.readIssuer(issuedBy(issuer))
  for (const [index, one] of nodes.entries()) evidence.note(`Node//n${index}`, one)
  return evidence.place()
}

describe('where a cluster runs', () => {
  test.each<[string, string, Resource[], object]>([
    ['EKS', 'https://oidc.eks.eu-central-1.amazonaws.com/id/ABC', [node(region)], { region: 'eu-central-1' }],
    [
      'GKE by its issuer',
      'https://container.googleapis.com/v1/projects/shop-prod/locations/europe-west1-b/clusters/a',
      [],
      { account: 'shop-prod', region: 'europe-west1' },
    ],
    [
      'GKE by its nodes',
      '',
      [node(region, 'gce://shop-prod/europe-west1-b/n')],
      { account: 'shop-prod', region: 'eu-west-1' },
    ],
    [
      'AKS',
      'https://westeurope.oic.prod-aks.azure.com/t/i/',
      [node({}, 'azure:///subscriptions/1234-5/resourceGroups/g')],
      { account: '1234-5', region: 'westeurope' },
    ],
    ['a cluster that says nothing', 'https://kubernetes.default.svc.cluster.local', [node({})], {}],
  ])('%s', async (_what, issuer, nodes, place) => expect(await placeOf(issuer, ...nodes)).toEqual(place))

  test('an issuer that cannot be read is no matter', async () => {
    const evidence = new CloudEvidence()
    await evidence.readIssuer({
      getSoon: async () => ({ ok: false, failure: { type: 'timed-out', message: 'late' } }),
    })
    expect(evidence.place()).toEqual({})
  })
})

describe('what nodes are', () => {
  test('is told with how many there are of each, and changes are news', () => {
    const evidence = new CloudEvidence()
    const fargate = node({ 'eks.amazonaws.com/compute-type': 'fargate' })
    expect(evidence.note('a', fargate)).toBe(true)
    expect(evidence.note('a', fargate)).toBe(false)
    evidence.note(
      'b',
      node({ 'eks.amazonaws.com/compute-type': 'auto' }, '', 'Bottlerocket (EKS Auto) 2025.1'),
    )
    evidence.note('c', node({}, '', 'Talos (v1.9.1)'))
    evidence.note('d', node({}, '', 'Bottlerocket OS 1.30.0'))
    expect(evidence.facts()).toEqual({
      nodes: '1 × Bottlerocket, 1 × EKS Auto Mode (Bottlerocket), 1 × Fargate, 1 × Talos',
    })
    expect(evidence.note('a', undefined)).toBe(true)
    expect(evidence.facts().nodes).not.toContain('Fargate')
  })

  test('keeps no labels but those of platforms', () => {
    const evidence = new CloudEvidence()
    evidence.note('a', node({ 'example.com/owner': 'shop', ...region }))
    expect(evidence.nodes()[0]?.metadata.labels).toEqual(region)
  })
})
