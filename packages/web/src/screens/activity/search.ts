// Search of activity: what of the screen's state the URL holds.

import { type Params, present, textIn } from '../../data/search-params.ts'

export const readActivitySearch = (params: Params) =>
  present({
    actor: textIn(params, 'actor'),
    action: textIn(params, 'action'),
    from: textIn(params, 'from'),
    to: textIn(params, 'to'),
  })
