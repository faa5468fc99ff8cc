// Severity: how bad a failure of a rule is, its order and its weight in a score.

/** From worst to least. */
export const severities = ['critical', 'high', 'medium', 'low'] as const
export type Severity = (typeof severities)[number]

/** The weight of a severity in a posture score. */
export const severityWeight: Readonly<Record<Severity, number>> = { critical: 10, high: 7, medium: 4, low: 1 }

/** True when `severity` is at least as bad as `minimum`. */
export function isAtLeast(severity: Severity, minimum: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(minimum)
}
