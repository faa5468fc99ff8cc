import { describe, expect, it } from 'vitest'
import { editions } from '../catalogue/index.ts'
import type { Edition } from '../model/benchmark.ts'
import type { Scope } from '../model/snapshot.ts'
import { chooseEditions } from './choose-editions.ts'

const chosen = (scope: Pick<Scope, 'provider' | 'distribution' | 'kubernetesVersion'>) =>
  chooseEditions(editions, scope)
const ids = (all: readonly Edition[]) => all.map(({ benchmark, edition }) => `${benchmark}@${edition}`)
const cis = (scope: Parameters<typeof chosen>[0]) => ids(chosen(scope)).filter(id => id.startsWith('cis-'))

describe('chooseEditions', () => {
  it('takes one edition of each family', () => {
    for (const distribution of [
      'eks',
      'gke',
      'gke-autopilot',
      'aks',
      'openshift',
      'k3s',
      'rke2',
      'kubeadm',
    ]) {
      const families = chosen({ distribution, kubernetesVersion: '1.34.1' }).map(({ benchmark }) => benchmark)
      expect(new Set(families).size).toBe(families.length)
      expect(families).toEqual(expect.arrayContaining(['nsa-cisa', 'pss-baseline', 'pss-restricted']))
    }
  })

  it('takes the CIS benchmark of the distribution in place of the general one', () => {
    const kubernetesVersion = 'v1.34.1'
    expect(cis({ provider: 'eks', distribution: 'eks', kubernetesVersion })).toEqual(['cis-eks@1.8.0'])
    expect(cis({ provider: 'gke', distribution: 'gke', kubernetesVersion })).toEqual(['cis-gke@1.9.0'])
    expect(cis({ provider: 'gke', distribution: 'gke-autopilot', kubernetesVersion })).toEqual([
      'cis-gke-autopilot@1.3.0',
    ])
    expect(cis({ provider: 'aks', kubernetesVersion })).toEqual(['cis-aks@1.8.0'])
    expect(cis({ distribution: 'k3s', kubernetesVersion })).toEqual(['cis-k3s@1.12'])
  })

  it('takes of the general one the newest that speaks of the version, else the newest', () => {
    expect(cis({ kubernetesVersion: '1.24.9' })).toEqual(['cis-k8s@1.24'])
    expect(cis({ kubernetesVersion: '1.27.3' })).toEqual(['cis-k8s@1.9.0'])
    expect(cis({ kubernetesVersion: '1.33.3' })).toEqual(['cis-k8s@1.12.0'])
    expect(cis({})).toEqual(['cis-k8s@2.0.1'])
  })

  it('follows the version with Pod Security Standards, as far as they are known', () => {
    const pss = (kubernetesVersion: string) =>
      ids(chosen({ kubernetesVersion })).filter(id => id.startsWith('pss-baseline'))
    expect(pss('v1.29.3-gke.1')).toEqual(['pss-baseline@1.29'])
    expect(pss('1.99.0')).toEqual(['pss-baseline@1.37'])
  })
})
