// K3s self-assessment against the CIS Kubernetes Benchmark: its editions.

import type { Edition } from '../../model/benchmark.ts'
import { edition as v1_12 } from './cis-k3s/1.12.ts'

/** From the oldest to the newest. */
export const editions: readonly Edition[] = [v1_12]
