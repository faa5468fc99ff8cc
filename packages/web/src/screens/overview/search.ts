// Search of overview: what of the screen's state the URL holds.

import { type Params, present, textIn, wordIn } from '../../data/search-params.ts'

/** Spans that changes are told for. */
export const spans = ['24h', '7d', '30d'] as const

export const readOverviewSearch = (params: Params) =>
  present({
    /** `benchmark@edition` */
    edition: textIn(params, 'edition'),
    since: wordIn(params, 'since', spans),
  })
