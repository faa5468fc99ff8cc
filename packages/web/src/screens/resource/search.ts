// Search of resource: what of the screen's state the URL holds.

import { type Params, present, textIn, wordIn } from '../../data/search-params.ts'

export const resourceTabs = ['summary', 'object', 'results', 'relations', 'history'] as const
export type ResourceTab = (typeof resourceTabs)[number]

export const readResourceSearch = (params: Params) =>
  present({
    tab: wordIn(params, 'tab', resourceTabs),
    /** The id of the finding whose remediation is open. */
    finding: textIn(params, 'finding'),
    /** The day whose end is shown, or the instant; now without it. */
    at: textIn(params, 'at'),
  })
