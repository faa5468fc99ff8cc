// MITRE ATT&CK for containers: its edition.

import type { Edition } from '../../model/benchmark.ts'
import { edition as v18 } from './mitre-attack-containers/18.ts'

/** From the oldest to the newest. */
export const editions: readonly Edition[] = [v18]
