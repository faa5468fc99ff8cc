// Search of standard: what of the screen's state the URL holds.

import { type Params, present, textIn } from '../../data/search-params.ts'

export const readStandardSearch = (params: Params) =>
  present({
    at: textIn(params, 'at'),
    section: textIn(params, 'section'),
    control: textIn(params, 'control'),
  })
