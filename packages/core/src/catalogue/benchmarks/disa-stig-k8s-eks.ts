// DISA STIG for Kubernetes, as it is applied to Amazon EKS: its editions.

import type { Edition } from '../../model/benchmark.ts'
import { edition as v1r6 } from './disa-stig-k8s-eks/v1r6.ts'

/** From the oldest to the newest. */
export const editions: readonly Edition[] = [v1r6]
