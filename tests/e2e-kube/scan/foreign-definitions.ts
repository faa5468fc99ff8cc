/** Defines the kinds of other projects that rules read, so that a server serves them. */

import { nameOfKind } from '@plimsoll/core'
import { kindsReadBy } from '../../../packages/collect/src/index.ts'
import { rules } from '../../../packages/core/src/catalogue/index.ts'
import { foreignKinds } from '../../../packages/core/src/index.ts'

const schema = {
  openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
}

/** A CustomResourceDefinition for each of them, by which anything goes. */
export function foreignDefinitions(): object[] {
  const read = kindsReadBy(rules)
  return foreignKinds
    .filter(entry => read.has(nameOfKind(entry)))
    .map(({ kind, group, plural, namespaced, versions }) => ({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: {
        name: `${plural}.${group}`,
        // Without it, the server takes no groups of Kubernetes' own domain.
        annotations: { 'api-approved.kubernetes.io': 'unapproved, for tests' },
      },
      spec: {
        group,
        scope: namespaced ? 'Namespaced' : 'Cluster',
        names: { kind, plural, singular: kind.toLowerCase() },
        versions: versions.slice(0, 1).map(name => ({ name, served: true, storage: true, schema })),
      },
    }))
}
