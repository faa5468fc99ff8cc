// Remediation: reads what it takes to mend one finding: the finding itself, the patch, and the object that it is about.

import { useThing, useThingIf } from './read.ts'

/** The finding decides whether anything is shown; the patch and the object come as they may, since an object may be kept no more. */
export function useRemediation(cluster: string, id: string) {
  const finding = useThing('getFinding', cluster, id)
  const fix = useThing('getFindingFix', cluster, id)
  const key = finding.data?.resource.key
  const object = useThingIf(key !== undefined, 'getResourceObject', cluster, key ?? '')
  return { finding, fix, object }
}
