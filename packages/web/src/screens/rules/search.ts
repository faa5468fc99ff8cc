// Search of rules: what of the screen's state the URL holds.

import { type Params, present, textIn } from '../../data/search-params.ts'

export const readRulesSearch = (params: Params) => present({ control: textIn(params, 'control') })
