// OWASP Kubernetes Top Ten: its editions.

import type { Edition } from '../../model/benchmark.ts'
import { edition as v2022 } from './owasp-k8s-top-ten/2022.ts'
import { edition as v2025 } from './owasp-k8s-top-ten/2025.ts'

/** From the oldest to the newest. */
export const editions: readonly Edition[] = [v2022, v2025]
