// Search of activity: what of the screen's state the URL holds.

import { type Params, present, textIn, wordIn } from '../../data/search-params.ts'

export const targetTypes = [
  'attestation',
  'cluster',
  'enrolment',
  'exception',
  'person',
  'profile',
  'sample',
  'team',
  'token',
  'view',
  'zone',
] as const

export const readActivitySearch = (params: Params) =>
  present({
    /** The id of who did it. */
    actor: textIn(params, 'actor'),
    action: textIn(params, 'action'),
    on: wordIn(params, 'on', targetTypes),
    target: textIn(params, 'target'),
    /** Days, `2026-11-24`: the first and the last that are shown. */
    from: textIn(params, 'from'),
    to: textIn(params, 'to'),
    entry: textIn(params, 'entry'),
  })
