/** Says how much the long-running comparisons with real servers cover: a part by default, all when asked. */
import type { KubernetesMinor } from '../../../tools/kube/recipes.ts'

/** PLIMSOLL_DIFFERENTIAL=full asks for everything. */
export const FULL = process.env.PLIMSOLL_DIFFERENTIAL === 'full'

/** The servers to ask, each with the newest Pod Security version that it knows. The newer one takes a build of its own. */
export const SERVERS: readonly { kubernetes: KubernetesMinor; newest: number }[] = [
  { kubernetes: '1.34', newest: 34 },
  ...(FULL ? [{ kubernetes: '1.37' as const, newest: 37 }] : []),
]
