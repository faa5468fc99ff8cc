// Table of requirements: each by its key, and what it speaks of.

import type { Control } from '../../../model/benchmark.ts'
import { access } from './access.ts'
import { apiServer } from './api-server.ts'
import { cloud } from './cloud.ts'
import { controlPlane } from './control-plane.ts'
import { type FileKey, fileRequirement, isFileKey, placeOfFile } from './files.ts'
import { kubelet } from './kubelet.ts'
import { network } from './network.ts'
import { operations } from './operations.ts'
import type { Requirement } from './requirement.ts'
import { workloads } from './workloads.ts'

/** All but those on files, which are made of their key. */
export const requirements = {
  ...apiServer,
  ...controlPlane,
  ...kubelet,
  ...access,
  ...workloads,
  ...network,
  ...cloud,
  ...operations,
} as const

export type RequirementKey = keyof typeof requirements | FileKey

export const requirementOf = (key: RequirementKey): Requirement =>
  isFileKey(key) ? fileRequirement(key) : requirements[key]

const controlPlaneKey =
  /^(apiserver|controller-manager|scheduler|etcd|audit\.policy-(set|coverage)|network\.control-plane-tls)\b/
const nodeKey = /^(kubelet|node)\./

/** Whose machine it speaks of; undefined for what the cluster’s users own. */
export function partOf(key: RequirementKey): Control['part'] {
  if (isFileKey(key)) return placeOfFile(key)
  if (controlPlaneKey.test(key)) return 'control-plane'
  return nodeKey.test(key) ? 'node' : undefined
}
