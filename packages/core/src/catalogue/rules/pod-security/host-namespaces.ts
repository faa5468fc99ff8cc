// Host namespaces: what the three rules of shared namespaces have in common: the admission check that they are together.

import type { PodTemplate } from '../../../model/pod-template.ts'

/** The denial of the check `hostNamespaces`, which names all that the pod shares, whichever rule asks. */
export const hostNamespaces = {
  check: 'hostNamespaces',
  denial: ({ spec }: PodTemplate) => ({
    reason: 'host namespaces',
    detail: (['hostNetwork', 'hostPID', 'hostIPC'] as const)
      .filter(field => spec[field] === true)
      .map(field => `${field}=true`)
      .join(', '),
  }),
}
