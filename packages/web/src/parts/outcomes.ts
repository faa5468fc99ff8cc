// Outcomes: what a control may have come to, what needs most attention first.

export const controlOutcomes = ['fail', 'error', 'not-evaluated', 'manual', 'pass', 'not-applicable'] as const
export type ControlOutcome = (typeof controlOutcomes)[number]
