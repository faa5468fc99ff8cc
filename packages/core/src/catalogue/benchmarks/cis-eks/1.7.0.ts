// CIS Amazon EKS Benchmark 1.7.0: the controls of 1.6.0.

import { makeEdition } from '../editions/make-edition.ts'
import { list } from './1.6.0.ts'

export { list }

export const edition = makeEdition(
  {
    benchmark: 'cis-eks',
    edition: '1.7.0',
    title: 'CIS Amazon EKS Benchmark 1.7.0',
    source:
      'CIS Amazon EKS Benchmark 1.7.0 of 2025-05-30; ids and labels as in aquasecurity/kube-bench and CyberStrikeus/CyberStrike',
    distributions: ['eks'],
  },
  list,
)
