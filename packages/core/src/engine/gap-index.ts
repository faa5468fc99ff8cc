// Gap index: finds the gap, if any, that may hide resources of a kind and namespace.

import type { Gap } from '../model/gap.ts'

export interface GapIndex {
  /** The first gap that may hide resources of this kind, in this namespace where one is asked for. */
  touching(kind: string, namespace?: string): Gap | undefined
}

/** An index of a snapshot's gaps. A gap without a kind may hide any kind, one without a namespace any namespace. */
export function indexGaps(gaps: readonly Gap[]): GapIndex {
  const ofKind = new Map<string | undefined, Gap[]>()
  for (const gap of gaps) {
    const known = ofKind.get(gap.kind)
    if (known) known.push(gap)
    else ofKind.set(gap.kind, [gap])
  }
  const ofAnyKind = ofKind.get(undefined)
  return {
    touching(kind, namespace) {
      const hides = (gap: Gap) =>
        gap.namespace === undefined || namespace === undefined || gap.namespace === namespace
      return (
        ofKind.get(kind)?.find(hides) ??
        (kind.includes('.') ? ofKind.get(bareKind(kind))?.find(hides) : undefined) ??
        ofAnyKind?.find(hides)
      )
    },
  }
}

/** True where a gap on `gapKind` may hide objects of `kind`: a gap that names no group may be of any. */
export function isGapOf(gapKind: string, kind: string): boolean {
  return gapKind === kind || (kind.includes('.') && gapKind === bareKind(kind))
}

const bareKind = (kind: string) => kind.slice(0, kind.indexOf('.'))
