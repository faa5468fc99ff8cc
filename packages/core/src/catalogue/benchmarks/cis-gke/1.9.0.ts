// CIS Google Kubernetes Engine Benchmark 1.9.0, by what it changed against 1.8.0.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.8.0.ts'

const list = changeControls(older, {
  relabelled: {
    A2: ['gke.security-posture'],
    M1: ['rbac.cluster-admin', 'rbac.secrets-access', 'rbac.wildcards', 'serviceaccount.token-automount'],
    M2: ['workload.default-namespace'],
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-gke',
    edition: '1.9.0',
    title: 'CIS Google Kubernetes Engine Benchmark 1.9.0',
    source:
      'CIS Google Kubernetes Engine Benchmark 1.9.0; ids and labels as in aquasecurity/kube-bench and CyberStrikeus/CyberStrike',
    distributions: ['gke'],
  },
  list,
)
