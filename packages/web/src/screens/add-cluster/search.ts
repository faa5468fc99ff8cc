// Search of add-cluster: what of the screen's state the URL holds.

import { type Params, present, textIn, wordIn } from '../../data/search-params.ts'

export const readAddClusterSearch = (params: Params) =>
  present({
    enrolment: textIn(params, 'enrolment'),
    way: wordIn(params, 'way', ['helm', 'manifest', 'terraform']),
  })
