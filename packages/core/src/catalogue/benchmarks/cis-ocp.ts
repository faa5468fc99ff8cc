// CIS Red Hat OpenShift Container Platform Benchmark: its editions.

import type { Edition } from '../../model/benchmark.ts'
import { edition as v1_9_0 } from './cis-ocp/1.9.0.ts'

/** From the oldest to the newest. */
export const editions: readonly Edition[] = [v1_9_0]
