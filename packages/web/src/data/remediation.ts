// Remediation: reads what it takes to mend one finding: the finding itself, the patch, and the object that it is about.

import { atPart } from './as-of.ts'
import { useThing, useThingIf } from './read.ts'

/**
 * The finding decides whether anything is shown; the patch and the object come as they may, since an object may be kept no more. `at`: the day
 * or instant that is shown; a patch is for what is now, so that there is none for what was.
 */
export function useRemediation(cluster: string, id: string, at: string | undefined) {
  const past = atPart(at)
  const finding = useThing('getFinding', cluster, id, past)
  const { resource, state, outcome } = finding.data ?? {}
  const isThere = state !== undefined && state !== 'resolved'
  const fix = useThingIf(isThere && outcome === 'fail' && past.at === undefined, 'getFindingFix', cluster, id)
  const key = resource?.key ?? ''
  const object = useThingIf(isThere && key !== '', 'getResourceObject', cluster, key, past)
  return { finding, fix, object }
}
