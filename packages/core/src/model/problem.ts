// Problem: an expected failure as a value: a code from one table, and a sentence that names what, where and what to do.

export const problemCodes = [
  'usage',
  'unknown-id',
  'invalid-profile',
  'invalid-exceptions',
  'invalid-baseline',
  'unreadable-input',
  'cluster-unreachable',
  'cluster-auth',
  'invalid-kubeconfig',
  'unwritable-output',
  'server-unreachable',
  'server-refused',
] as const
export type ProblemCode = (typeof problemCodes)[number]

export interface Problem {
  readonly code: ProblemCode
  readonly message: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

/** A value, or the problems that kept it from being had. */
export type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] }

export const succeed = <T>(value: T): Attempt<T> => ({ ok: true, value })
export const refuse = (...problems: readonly Problem[]): Attempt<never> => ({ ok: false, problems })
