// Search of clusters: what of the screen's state the URL holds.

import { type Params, present, textIn, wordIn } from '../../data/search-params.ts'

export const readClustersSearch = (params: Params) =>
  present({
    q: textIn(params, 'q'),
    sort: wordIn(params, 'sort', ['name', 'failed', 'worst', 'resources']),
    order: wordIn(params, 'order', ['asc', 'desc']),
  })
