// CIS Kubernetes Benchmark 2.0.1, by what it changed against 1.12.0.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.12.0.ts'

const list = changeControls(older, {
  relabelled: { M2: ['pod.drop-all-capabilities'] },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-k8s',
    edition: '2.0.1',
    title: 'CIS Kubernetes Benchmark 2.0.1',
    source:
      'CIS Kubernetes Benchmark 2.0.1 (2.0.0 is of 2026-03-31); ids and labels as in prowler-cloud/prowler and CyberStrikeus/CyberStrike',
    kubernetes: { min: '1.34', max: '1.35' },
  },
  list,
)
