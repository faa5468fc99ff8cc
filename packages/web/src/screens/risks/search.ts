// Search of risks: what of the screen's state the URL holds.

import { type Params, present, textIn, wordIn } from '../../data/search-params.ts'

export const readRisksSearch = (params: Params) =>
  present({
    /** `benchmark@edition` */
    standard: textIn(params, 'standard'),
    /** Id of the control that is looked at alone. */
    control: textIn(params, 'control'),
    q: textIn(params, 'q'),
    /** What is open instead of failing: what was accepted. */
    state: wordIn(params, 'state', ['excepted']),
    sort: wordIn(params, 'sort', ['severity', 'resource', 'rule', 'cluster']),
    order: wordIn(params, 'order', ['asc', 'desc']),
    /** What is open beside the list: `<cluster>/<id>`. */
    risk: textIn(params, 'risk'),
  })

export type RisksSearch = ReturnType<typeof readRisksSearch>
