// DISA STIG for Kubernetes, as it is applied to Google Kubernetes Engine: its editions.

import type { Edition } from '../../model/benchmark.ts'
import { edition as v2r2 } from './disa-stig-k8s-gke/v2r2.ts'

/** From the oldest to the newest. */
export const editions: readonly Edition[] = [v2r2]
