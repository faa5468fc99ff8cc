// Status: what a rule or a control came to on one subject, as small numbers, so that millions of them cost nothing.

import type { Outcome } from '../model/outcome.ts'

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

/** The status of a verdict that is no failure, or of a failure that no exception covers. */
export const statusOf: Readonly<Record<Outcome, Status>> = {
  pass: status.pass,
  fail: status.fail,
  manual: status.notEvaluated,
  'not-applicable': status.notApplicable,
  'not-evaluated': status.notEvaluated,
  error: status.error,
}
