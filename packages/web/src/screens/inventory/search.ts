// Search of inventory: what of the screen's state the URL holds.

import { type Params, present, textIn, wordIn } from '../../data/search-params.ts'

export const resourceStates = ['fail', 'not-evaluated', 'excepted', 'pass'] as const
export type ResourceState = (typeof resourceStates)[number]

export const readInventorySearch = (params: Params) =>
  present({
    q: textIn(params, 'q'),
    /** A component group, such as `workloads`. */
    group: textIn(params, 'group'),
    kind: textIn(params, 'kind'),
    state: wordIn(params, 'state', resourceStates),
    /** The day whose end is shown: `2026-11-24`; now without it. */
    at: textIn(params, 'at'),
    sort: wordIn(params, 'sort', ['worst', 'key']),
    order: wordIn(params, 'order', ['asc', 'desc']),
  })

export type InventorySearch = ReturnType<typeof readInventorySearch>
