// Microsoft’s threat matrix for Kubernetes: its edition.

import type { Edition } from '../../model/benchmark.ts'
import { edition as january2023 } from './ms-threat-matrix-k8s/2023-01.ts'

/** From the oldest to the newest. */
export const editions: readonly Edition[] = [january2023]
