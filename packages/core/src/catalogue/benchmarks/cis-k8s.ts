// CIS Kubernetes Benchmark: its editions.

import type { Edition } from '../../model/benchmark.ts'
import { edition as v1_7_0 } from './cis-k8s/1.7.0.ts'
import { edition as v1_8_0 } from './cis-k8s/1.8.0.ts'
import { edition as v1_9_0 } from './cis-k8s/1.9.0.ts'
import { edition as v1_10_0 } from './cis-k8s/1.10.0.ts'
import { edition as v1_11_1 } from './cis-k8s/1.11.1.ts'
import { edition as v1_12_0 } from './cis-k8s/1.12.0.ts'
import { edition as v1_23 } from './cis-k8s/1.23.ts'
import { edition as v1_24 } from './cis-k8s/1.24.ts'
import { edition as v2_0_1 } from './cis-k8s/2.0.1.ts'

/** From the oldest to the newest. */
export const editions: readonly Edition[] = [
  v1_23,
  v1_24,
  v1_7_0,
  v1_8_0,
  v1_9_0,
  v1_10_0,
  v1_11_1,
  v1_12_0,
  v2_0_1,
]
