// Search of rules: what of the screen's state the URL holds.

import { type Params, present, textIn, wordIn } from '../../data/search-params.ts'

/** Which controls are listed. */
export const shownControls = ['answered', 'unanswered', 'off'] as const
export type ShownControls = (typeof shownControls)[number]

export const readRulesSearch = (params: Params) =>
  present({
    control: textIn(params, 'control'),
    /** The id of the profile whose settings are told; those that hold by default without it. */
    profile: textIn(params, 'profile'),
    show: wordIn(params, 'show', shownControls),
    /** Part of the id or title of a control or rule. */
    name: textIn(params, 'name'),
  })

export type RulesSearch = ReturnType<typeof readRulesSearch>
