// AWS auth: the ConfigMap by which EKS takes roles and users of AWS for users and groups of the cluster.
//
// Source: docs.aws.amazon.com, "Grant IAM users access to Kubernetes with a ConfigMap"; kubernetes-sigs/aws-iam-authenticator.

import type { Resource } from '../../model/resource.ts'
import { isRecord } from '../../model/shape.ts'
import { readYaml } from '../documents/read-yaml.ts'
import { readConfigMap } from '../kinds/config-map.ts'

export interface AwsMapping {
  /** The key of the ConfigMap that it stands under. */
  readonly key: 'mapRoles' | 'mapUsers'
  /** The role or user of AWS. */
  readonly arn: string
  readonly groups: readonly string[]
}

export const isAwsAuth = ({ metadata }: Resource): boolean =>
  metadata.name === 'aws-auth' && metadata.namespace === 'kube-system'

/** What is mapped; undefined where a part of it cannot be read, as EKS cannot either. */
export function awsMappings(resource: Resource): readonly AwsMapping[] | undefined {
  const found: AwsMapping[] = []
  for (const [key, arnField] of [
    ['mapRoles', 'rolearn'],
    ['mapUsers', 'userarn'],
  ] as const) {
    const text = readConfigMap(resource).data?.[key]
    if (text === undefined || text.trim() === '') continue
    const reading = readYaml(text)
    if ('failure' in reading) return undefined
    if (reading.value === null) continue
    if (!Array.isArray(reading.value)) return undefined
    for (const entry of reading.value) {
      if (!isRecord(entry)) return undefined
      const { groups = [], [arnField]: arn } = entry
      if (!Array.isArray(groups)) return undefined
      found.push({ key, arn: typeof arn === 'string' ? arn : '', groups: groups.map(String) })
    }
  }
  return found
}
