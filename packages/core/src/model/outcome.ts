// Outcome: the six things a rule's verdict on a subject can be.

/** What a rule concluded about one subject. What was not looked at is `not-evaluated`, never `pass`. */
export const outcomes = ['pass', 'fail', 'manual', 'not-applicable', 'not-evaluated', 'error'] as const
export type Outcome = (typeof outcomes)[number]
