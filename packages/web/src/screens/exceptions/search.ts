// Search of exceptions: what of the screen's state the URL holds.

import { type Params, present, textIn, wordIn } from '../../data/search-params.ts'

export const shelves = [
  'all',
  'requested',
  'approved',
  'expiring',
  'dead',
  'expired',
  'rejected',
  'revoked',
] as const
export type Shelf = (typeof shelves)[number]

export const readExceptionsSearch = (params: Params) =>
  present({
    state: wordIn(params, 'state', shelves),
    exception: textIn(params, 'exception'),
    /** The query of an exception that is being written; empty where nothing is written yet. */
    request: params.request === '' ? '' : textIn(params, 'request'),
  })
