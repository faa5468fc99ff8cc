// NSA/CISA Kubernetes Hardening Guidance: its editions.

import type { Edition } from '../../model/benchmark.ts'
import { edition as v1_0 } from './nsa-cisa/1.0.ts'
import { edition as v1_2 } from './nsa-cisa/1.2.ts'

/** From the oldest to the newest. */
export const editions: readonly Edition[] = [v1_0, v1_2]
