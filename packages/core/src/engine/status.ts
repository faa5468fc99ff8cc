// Status: what a rule or a control came to on one subject, as small numbers, so that millions of them cost nothing.

/** From what says least to what decides: of several, the highest is the subject's. */
export const status = {
  none: 0,
  notApplicable: 1,
  pass: 2,
  excepted: 3,
  notEvaluated: 4,
  error: 5,
  fail: 6,
} as const
export type Status = (typeof status)[keyof typeof status]
