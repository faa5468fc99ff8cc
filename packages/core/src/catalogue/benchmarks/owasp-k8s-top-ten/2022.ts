// OWASP Kubernetes Top Ten of 2022.

import { makeTopics } from '../editions/make-topics.ts'
import {
  authentication,
  components,
  logging,
  outdated,
  policies,
  rights,
  secrets,
  segmentation,
  supplyChain,
  workloads,
} from './topics.ts'

export const edition = makeTopics(
  {
    benchmark: 'owasp-k8s-top-ten',
    edition: '2022',
    title: 'OWASP Kubernetes Top Ten 2022',
    source: 'OWASP Kubernetes Top Ten, 2022',
  },
  () => ({
    'risks The ten risks': {
      K01: workloads,
      K02: supplyChain,
      K03: rights,
      K04: policies,
      K05: logging,
      K06: authentication,
      K07: segmentation,
      K08: secrets,
      K09: components,
      K10: outdated,
    },
  }),
)
