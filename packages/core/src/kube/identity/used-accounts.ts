// Used accounts: the ServiceAccounts that pods run as, by namespace.

import type { Resource } from '../../model/resource.ts'
import type { GroupedDerivation } from '../../model/rule.ts'
import { isRecord } from '../../model/shape.ts'
import { namespaceOf } from '../asset-key.ts'
import { podLabelKinds } from '../network/pod-labels.ts'

/** The kinds that are pods or make them; a rule that asks for used accounts lists them in its `reads`. */
export const podMakers: readonly string[] = podLabelKinds

/** The names of the accounts as which the pods of a namespace run or are meant to run. */
export const accountsUsedIn: GroupedDerivation<ReadonlySet<string>> = {
  kinds: podMakers,
  groupOf: resource => namespaceOf(resource) || 'default',
  essenceOf: accountOf,
  from: resources => new Set(resources.map(accountOf)),
}

/** The name of the account that the pods of a resource run as. */
export function accountOf(resource: Resource): string {
  let holder: unknown = resource
  const path =
    resource.kind === 'Pod'
      ? []
      : resource.kind === 'PodTemplate'
        ? ['template']
        : resource.kind === 'CronJob'
          ? ['spec', 'jobTemplate', 'spec', 'template']
          : ['spec', 'template']
  for (const field of [...path, 'spec']) holder = isRecord(holder) ? holder[field] : undefined
  const { serviceAccountName, serviceAccount } = isRecord(holder) ? holder : {}
  return (
    ([serviceAccountName, serviceAccount].find(name => typeof name === 'string' && name !== '') as string) ??
    'default'
  )
}
