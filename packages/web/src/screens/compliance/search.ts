// Search of compliance: what of the screen's state the URL holds.

import { type Params, present, textIn } from '../../data/search-params.ts'

export const readComplianceSearch = (params: Params) =>
  present({
    /** The day whose end is shown: `2026-11-24`; now without it. */
    at: textIn(params, 'at'),
    /** Part of a standard's name. */
    name: textIn(params, 'name'),
  })
