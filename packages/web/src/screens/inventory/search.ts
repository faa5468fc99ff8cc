// Search of inventory: what of the screen's state the URL holds.

import { type Params, present, textIn, wordIn } from '../../data/search-params.ts'

export const readInventorySearch = (params: Params) =>
  present({
    q: textIn(params, 'q'),
    kind: textIn(params, 'kind'),
    sort: wordIn(params, 'sort', ['worst', 'key']),
    order: wordIn(params, 'order', ['asc', 'desc']),
  })
