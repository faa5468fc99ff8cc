// Search of resource: what of the screen's state the URL holds.

import { type Params, present, wordIn } from '../../data/search-params.ts'

export const readResourceSearch = (params: Params) =>
  present({ tab: wordIn(params, 'tab', ['summary', 'object', 'results', 'relations', 'history']) })
