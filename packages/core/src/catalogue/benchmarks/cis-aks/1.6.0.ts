// CIS Azure Kubernetes Service Benchmark 1.6.0: the controls of 1.5.0.

import { makeEdition } from '../editions/make-edition.ts'
import { list } from './1.5.0.ts'

export { list }

export const edition = makeEdition(
  {
    benchmark: 'cis-aks',
    edition: '1.6.0',
    title: 'CIS Azure Kubernetes Service Benchmark 1.6.0',
    source: 'CIS Azure Kubernetes Service Benchmark 1.6.0 of 2024-10-24; ids and labels as in castai/kvisor',
    distributions: ['aks'],
  },
  list,
)
