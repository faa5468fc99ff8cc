// Search of compliance: what of the screen's state the URL holds.

import { type Params, present, textIn } from '../../data/search-params.ts'

export const readComplianceSearch = (params: Params) => present({ at: textIn(params, 'at') })
