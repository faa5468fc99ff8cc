// OWASP Kubernetes Top Ten of 2025.

import { makeTopics } from '../editions/make-topics.ts'
import {
  authentication,
  exposed,
  lateralToCloud,
  logging,
  policies,
  rights,
  secrets,
  segmentation,
  vulnerableComponents,
  workloads,
} from './topics.ts'

export const edition = makeTopics(
  {
    benchmark: 'owasp-k8s-top-ten',
    edition: '2025',
    title: 'OWASP Kubernetes Top Ten 2025',
    source: 'OWASP Kubernetes Top Ten, 2025',
  },
  () => ({
    'risks The ten risks': {
      K01: workloads,
      K02: rights,
      K03: secrets,
      K04: policies,
      K05: segmentation,
      K06: exposed,
      K07: vulnerableComponents,
      K08: lateralToCloud,
      K09: authentication,
      K10: logging,
    },
  }),
)
