// Search of the playground: what of the screen's state the URL holds; the text stands behind the #, which is sent nowhere.

import { type Params, present, textIn } from '../../data/search-params.ts'

export const readPlaygroundSearch = (params: Params) =>
  present({
    /** `benchmark@edition` that it is judged by; all rules that are on by default without it. */
    standard: textIn(params, 'standard'),
  })
