// Search of findings: what of the screen's state the URL holds.

import { type Params, present, textIn, wordIn } from '../../data/search-params.ts'

export const sorts = ['severity', 'opened', 'changed', 'rule', 'resource', 'cluster'] as const

export const readFindingsSearch = (params: Params) =>
  present({
    /** The query; all findings where it is empty, what fails now where it is not given. */
    q: params.q === '' ? '' : textIn(params, 'q'),
    sort: wordIn(params, 'sort', sorts),
    order: wordIn(params, 'order', ['asc', 'desc']),
    /** Up to three fields that it is grouped by, separated by commas. */
    by: textIn(params, 'by'),
    /** Columns in their order, separated by commas. */
    columns: textIn(params, 'columns'),
    /** What is open beside the list: `<cluster>/<id>`. */
    finding: textIn(params, 'finding'),
    /** Part of the open finding that is shown. */
    part: wordIn(params, 'part', ['object', 'controls', 'history', 'json']),
    at: textIn(params, 'at'),
    /** The saved view that this began as. */
    view: textIn(params, 'view'),
  })

export type FindingsSearch = ReturnType<typeof readFindingsSearch>

/** What the screen shows where the URL asks for nothing else. */
export const failingNow = 'state : open AND outcome : fail'
