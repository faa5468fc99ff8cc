// Search of standard: what of the screen's state the URL holds.

import { type Params, present, textIn, wordIn } from '../../data/search-params.ts'
import { controlOutcomes } from '../../parts/outcomes.ts'

export const resultStates = ['failing', 'not-evaluated', 'excepted', 'all'] as const
export type ResultState = (typeof resultStates)[number]

export const readStandardSearch = (params: Params) =>
  present({
    /** The day whose end is shown: `2026-11-24`; now without it. */
    at: textIn(params, 'at'),
    section: textIn(params, 'section'),
    outcome: wordIn(params, 'outcome', controlOutcomes),
    /** Part of a control's id or title. */
    name: textIn(params, 'name'),
    /** The control that is open beside the list. */
    control: textIn(params, 'control'),
    /** Which of its results are listed; those that fail without it. */
    results: wordIn(params, 'results', resultStates),
    /** The finding whose remediation is shown: `<cluster>/<id>`. */
    finding: textIn(params, 'finding'),
  })

export type StandardSearch = ReturnType<typeof readStandardSearch>
