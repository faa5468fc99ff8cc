// CIS GKE Autopilot Benchmark: its editions.

import type { Edition } from '../../model/benchmark.ts'
import { edition as v1_3_0 } from './cis-gke-autopilot/1.3.0.ts'

/** From the oldest to the newest. */
export const editions: readonly Edition[] = [v1_3_0]
