// Search of cluster: what of the screen's state the URL holds.

import { type Params, present, textIn } from '../../data/search-params.ts'

export const readClusterSearch = (params: Params) => present({ tab: textIn(params, 'tab') })
