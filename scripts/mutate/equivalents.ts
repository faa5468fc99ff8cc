// Equivalents: mutations that no example can notice, because the changed code does the same; each with the reason.

export interface Equivalent {
  /** Path below the folder of the rules. */
  readonly file: string
  /** As the list of survivors has it. */
  readonly within: string
  readonly from: string
  readonly to: string
  readonly reason: string
}

/** One that no surviving mutation bears out any more is reported as idle, and is to be taken out. */
export const equivalents: readonly Equivalent[] = []
