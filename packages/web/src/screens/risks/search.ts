// Search of risks: what of the screen's state the URL holds.

import { type Params, present, textIn } from '../../data/search-params.ts'

export const readRisksSearch = (params: Params) =>
  present({ standard: textIn(params, 'standard'), q: textIn(params, 'q') })
