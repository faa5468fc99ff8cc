// CIS Amazon EKS Benchmark: its editions.

import type { Edition } from '../../model/benchmark.ts'
import { edition as v1_1_0 } from './cis-eks/1.1.0.ts'
import { edition as v1_4_0 } from './cis-eks/1.4.0.ts'
import { edition as v1_5_0 } from './cis-eks/1.5.0.ts'
import { edition as v1_6_0 } from './cis-eks/1.6.0.ts'
import { edition as v1_7_0 } from './cis-eks/1.7.0.ts'
import { edition as v1_8_0 } from './cis-eks/1.8.0.ts'

/** From the oldest to the newest. */
export const editions: readonly Edition[] = [v1_1_0, v1_4_0, v1_5_0, v1_6_0, v1_7_0, v1_8_0]
