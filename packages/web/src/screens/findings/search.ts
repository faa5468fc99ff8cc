// Search of findings: what of the screen's state the URL holds.

import { type Params, present, textIn, wordIn } from '../../data/search-params.ts'

export const readFindingsSearch = (params: Params) =>
  present({
    q: textIn(params, 'q'),
    sort: wordIn(params, 'sort', ['severity', 'opened', 'changed', 'rule', 'resource', 'cluster']),
    order: wordIn(params, 'order', ['asc', 'desc']),
    by: textIn(params, 'by'),
    finding: textIn(params, 'finding'),
    at: textIn(params, 'at'),
    view: textIn(params, 'view'),
  })
