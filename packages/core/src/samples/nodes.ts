// Samples of nodes, for the examples of rules.

import type { ObjectMeta, Resource } from '../model/resource.ts'
import { object } from './objects.ts'

type Fields = Readonly<Record<string, unknown>>

/** A Node with what its kubelet says of itself and its addresses, as type and address in turn. */
export const node = (
  nodeInfo: Fields = {},
  metadata: ObjectMeta = {},
  addresses: readonly (readonly [string, string])[] = [['InternalIP', '10.0.0.7']],
): Resource =>
  object(
    'v1',
    'Node',
    { name: 'node-1', ...metadata },
    {
      status: {
        addresses: addresses.map(([type, address]) => ({ type, address })),
        nodeInfo: {
          kubeletVersion: 'v1.34.4',
          osImage: 'Ubuntu 24.04 LTS',
          operatingSystem: 'linux',
          ...nodeInfo,
        },
      },
    },
  )
