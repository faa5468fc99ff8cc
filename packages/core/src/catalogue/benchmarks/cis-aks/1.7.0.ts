// CIS Azure Kubernetes Service Benchmark 1.7.0, by what it changed against 1.6.0.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.6.0.ts'

export const list = changeControls(older, {
  relabelled: {
    A1: ['file.kubelet-kubeconfig.mode:644'],
    A2: ['cloud.private-endpoint'],
    M1: ['network.cni-latest-version'],
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-aks',
    edition: '1.7.0',
    title: 'CIS Azure Kubernetes Service Benchmark 1.7.0',
    source:
      'CIS Azure Kubernetes Service Benchmark 1.7.0; ids and labels as in aquasecurity/kube-bench and CyberStrikeus/CyberStrike',
    distributions: ['aks'],
  },
  list,
)
