// DISA STIG for OpenShift 4: its editions.

import type { Edition } from '../../model/benchmark.ts'
import { edition as v2r2 } from './disa-stig-ocp4/v2r2.ts'

/** From the oldest to the newest. */
export const editions: readonly Edition[] = [v2r2]
