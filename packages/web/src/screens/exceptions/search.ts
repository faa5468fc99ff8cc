// Search of exceptions: what of the screen's state the URL holds.

import { type Params, present, textIn, wordIn } from '../../data/search-params.ts'

export const readExceptionsSearch = (params: Params) =>
  present({
    state: wordIn(params, 'state', ['requested', 'approved', 'expired', 'rejected', 'revoked']),
    exception: textIn(params, 'exception'),
  })
