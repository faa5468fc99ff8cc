// Webhook reach: which requests a webhook is asked about.
//
// Source: Kubernetes admissionregistration.k8s.io/v1, "Matching requests: rules", "…: namespaceSelector", "…: objectSelector".

import { findSelectorFault, type Labels, selects } from '../label-selector.ts'
import type { OperationRule, Webhook } from './kinds.ts'

/** True where a webhook is asked about creating pods, or about everything. */
export function coversPodCreation({ rules = [] }: Webhook): boolean {
  return rules.some(
    rule =>
      has(rule.operations, 'CREATE') &&
      has(rule.apiGroups, '') &&
      (has(rule.apiVersions, 'v1') || rule.apiVersions === undefined) &&
      coversPods(rule) &&
      rule.scope !== 'Cluster',
  )
}

const has = (list: readonly string[] | undefined, value: string) =>
  list?.includes(value) === true || list?.includes('*') === true

const coversPods = ({ resources = [] }: OperationRule) =>
  resources.some(resource => resource === 'pods' || resource === '*' || resource === '*/*')

/**
 * Whether a webhook is asked about a namespace of that name. Where its labels are not known but for the one that every namespace has, it
 * is undefined if others decide. An expression in CEL is not worked out, so that where one might leave the namespace out it is undefined.
 */
export function coversNamespace(
  { namespaceSelector = {}, matchConditions = [] }: Webhook,
  name: string,
  labels: Labels | undefined,
): boolean | undefined {
  if (findSelectorFault(namespaceSelector) !== undefined) return undefined
  const nameLabel = 'kubernetes.io/metadata.name'
  const keys = [
    ...Object.keys(namespaceSelector.matchLabels ?? {}),
    ...(namespaceSelector.matchExpressions ?? []).map(({ key = '' }) => key),
  ]
  const byName = selects(
    {
      ...(namespaceSelector.matchLabels?.[nameLabel] !== undefined && {
        matchLabels: { [nameLabel]: namespaceSelector.matchLabels[nameLabel] },
      }),
      matchExpressions: (namespaceSelector.matchExpressions ?? []).filter(({ key }) => key === nameLabel),
    },
    { [nameLabel]: name },
  )
  if (byName === false) return false
  if (labels === undefined && keys.some(key => key !== nameLabel)) return undefined
  if (selects(namespaceSelector, { ...labels, [nameLabel]: name }) === false) return false
  return matchConditions.length > 0 ? undefined : true
}
