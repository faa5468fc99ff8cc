// Agent kinds: the kinds that an agent collects. A test holds them against what rules read, so that an agent need not load the rules.

import { builtInKinds, foreignKinds, type KindEntry, nameOfKind } from '@plimsoll/core'

/** Kinds of the tables that no rule reads. */
const unread = new Set([
  'Endpoints',
  'EndpointSlice',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'CustomResourceDefinition',
  'APIService',
  'StorageClass',
  'CSIDriver',
  'PriorityClass',
  'Lease',
])

const isRead = (entry: KindEntry): boolean => !unread.has(nameOfKind(entry))

/** By the names that rules and gaps use, in the tables' order. */
export const agentKinds: readonly string[] = [...builtInKinds, ...foreignKinds].filter(isRead).map(nameOfKind)
