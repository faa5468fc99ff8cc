// Fixed: which failures of a baseline are really gone, as against hidden, not asked about, or still there.

import type { Result } from '../model/result.ts'
import { type Baseline, type BaselineFailure, compareWith, failureKey } from './baseline.ts'
import type { GapIndex } from './gap-index.ts'
import type { Settings } from './parameters.ts'

export interface BaselineWatch {
  /** Compares a failure with the baseline, and notes that it is still there. */
  meet(result: Result): 'new' | 'unchanged'
  /** Says that a rule has judged an asset; `isSure` is false where something kept it from seeing all. */
  settle(rule: string, parameters: Settings | undefined, asset: string, isSure: boolean): void
  /** The failures that are gone: judged and not found, or gone with their asset where no gap could hide it. */
  fixed(assets: ReadonlySet<string>, gaps: GapIndex): BaselineFailure[]
}

/** Watches an assessment of a scope; `wasAsked` tells whether a rule with these parameters is part of it. */
export function watchBaseline(
  baseline: Baseline,
  scope: string,
  wasAsked: (rule: string, parameters: Settings | undefined) => boolean,
): BaselineWatch {
  const pending = new Map<string, Map<string, BaselineFailure>>()
  for (const [key, failure] of baseline) {
    const ofAsset = pending.get(failure.resource) ?? new Map<string, BaselineFailure>()
    pending.set(failure.resource, ofAsset.set(key, failure))
  }
  const gone: BaselineFailure[] = []

  return {
    meet(result) {
      const change = compareWith(baseline, result)
      if (result.resource !== null)
        pending.get(result.resource)?.delete(failureKey({ ...result, resource: result.resource }))
      return change
    },
    settle(rule, parameters, asset, isSure) {
      const ofAsset = pending.get(asset)
      if (!ofAsset) return
      const asked = parametersKey(parameters)
      for (const [key, failure] of ofAsset) {
        if (failure.rule !== rule || parametersKey(failure.parameters) !== asked) continue
        ofAsset.delete(key)
        if (isSure) gone.push(failure)
      }
    },
    fixed(assets, gaps) {
      for (const [asset, failures] of pending) {
        if (assets.has(asset)) continue
        const [kind = '', namespace = ''] = asset.slice(scope.length + 1).split('/')
        if (gaps.touching(kind, namespace)) continue
        for (const failure of failures.values())
          if (wasAsked(failure.rule, failure.parameters)) gone.push(failure)
      }
      return gone
    },
  }
}

/** Equal for equal parameters, in whatever order they stand. */
export function parametersKey(parameters: Settings | undefined): string {
  return failureKey({ rule: '', resource: '', parameters: parameters ?? {} })
}
